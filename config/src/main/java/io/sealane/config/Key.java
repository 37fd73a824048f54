package io.sealane.config;

import java.util.Arrays;
import java.util.List;

/// The keys of `sealane.yaml`: the one table of what may be in the file. The loader knows a key if
/// and only if it is here, and a test holds docs/reference/configuration.md to it.
enum Key {
    DATA_DIR("data-dir"),

    LISTENERS("listeners"),
    LISTENER_NAME("listeners[].name"),
    LISTENER_ADDRESS("listeners[].address"),
    LISTENER_PORTS("listeners[].ports"),
    LISTENER_MODE("listeners[].mode"),
    LISTENER_SNIFF("listeners[].sniff"),
    LISTENER_CLIENTS("listeners[].clients"),
    LISTENER_USERS("listeners[].users"),
    LISTENER_TLS("listeners[].tls"),
    LISTENER_TLS_CONTROL("listeners[].tls.control"),
    LISTENER_TLS_DATA("listeners[].tls.data"),
    LISTENER_TLS_SESSION_BINDING("listeners[].tls.session-binding"),
    LISTENER_TLS_VERSIONS("listeners[].tls.versions"),
    LISTENER_TLS_CLIENT_CERTIFICATE("listeners[].tls.client-certificate"),
    LISTENER_TLS_UPLOAD_END("listeners[].tls.upload-end"),
    LISTENER_TLS_OVERRIDABLE("listeners[].tls.overridable"),
    LISTENER_TLS_OBSERVE("listeners[].tls.observe"),
    LISTENER_TLS_OBSERVE_CONTROL("listeners[].tls.observe.control"),
    LISTENER_TLS_OBSERVE_DATA("listeners[].tls.observe.data"),
    LISTENER_TLS_OBSERVE_LEAST_VERSION("listeners[].tls.observe.least-version"),
    LISTENER_TLS_OBSERVE_SESSION_BINDING("listeners[].tls.observe.session-binding"),
    LISTENER_TLS_OBSERVE_CLIENT_CERTIFICATE("listeners[].tls.observe.client-certificate"),
    LISTENER_TLS_OBSERVE_UPLOAD_END("listeners[].tls.observe.upload-end"),
    LISTENER_TLS_CLEAR_CONTROL_CHANNEL("listeners[].tls.clear-control-channel"),
    LISTENER_TLS_AUTH_AFTER_LOGIN("listeners[].tls.auth-after-login"),
    LISTENER_TLS_EMPTY_UPLOAD("listeners[].tls.empty-upload-without-handshake"),
    LISTENER_TLS_LEGACY("listeners[].tls.legacy"),

    PASSIVE("passive"),
    PASSIVE_PORTS("passive.ports"),
    PASSIVE_EXCLUDE("passive.exclude"),
    PASSIVE_BIND("passive.bind"),
    PASSIVE_ADVERTISE("passive.advertise"),
    PASSIVE_ADVERTISE_TO("passive.advertise-to"),
    PASSIVE_ADVERTISE_TO_CLIENTS("passive.advertise-to[].clients"),
    PASSIVE_ADVERTISE_TO_ADDRESS("passive.advertise-to[].address"),
    PASSIVE_PEER_CHECK("passive.peer-check"),

    ACTIVE("active"),
    ACTIVE_ENABLED("active.enabled"),
    ACTIVE_SOURCE_PORT("active.source-port"),

    SERVER_TO_SERVER("server-to-server"),
    SERVER_TO_SERVER_USERS("server-to-server.users"),
    SERVER_TO_SERVER_PEERS("server-to-server.peers"),

    TLS("tls"),
    TLS_PROVIDER("tls.provider"),
    TLS_SNI("tls.sni"),

    CERTIFICATES("certificates"),
    CERTIFICATE_NAMES("certificates[].names"),
    CERTIFICATE_CHAIN("certificates[].chain"),
    CERTIFICATE_KEY("certificates[].key"),
    CERTIFICATE_OCSP("certificates[].ocsp"),
    CERTIFICATE_ACME("certificates[].acme"),
    CERTIFICATE_ACME_DIRECTORY("certificates[].acme.directory"),
    CERTIFICATE_ACME_CONTACT("certificates[].acme.contact"),
    CERTIFICATE_ACME_TERMS_AGREED("certificates[].acme.terms-agreed"),
    CERTIFICATE_ACME_CHALLENGE("certificates[].acme.challenge"),
    CERTIFICATE_ACME_HTTP_ADDRESS("certificates[].acme.http-address"),
    CERTIFICATE_ACME_TLS_ADDRESS("certificates[].acme.tls-address"),
    CERTIFICATE_ACME_TRUST("certificates[].acme.trust"),

    CLIENT_CERTIFICATES("client-certificates"),
    CLIENT_CERTIFICATES_TRUST("client-certificates.trust"),
    CLIENT_CERTIFICATES_CRL("client-certificates.crl"),
    CLIENT_CERTIFICATES_USER("client-certificates.user"),
    CLIENT_CERTIFICATES_PASSWORD("client-certificates.password"),

    ACCOUNTS("accounts"),
    ACCOUNTS_DATABASE("accounts.database"),
    ACCOUNTS_ONE_TIME_PASSWORD_GRACE("accounts.one-time-password-grace"),

    STORAGE("storage"),
    STORAGE_MOUNTS("storage.mounts"),
    STORAGE_MOUNT_PATH("storage.mounts[].path"),
    STORAGE_MOUNT_LOCAL("storage.mounts[].local"),
    STORAGE_MOUNT_TLS("storage.mounts[].tls"),
    STORAGE_MOUNT_TLS_CONTROL("storage.mounts[].tls.control"),
    STORAGE_MOUNT_TLS_DATA("storage.mounts[].tls.data"),
    STORAGE_MOUNT_TLS_LEAST_VERSION("storage.mounts[].tls.least-version"),
    STORAGE_MOUNT_TLS_SESSION_BINDING("storage.mounts[].tls.session-binding"),
    STORAGE_MOUNT_TLS_CLIENT_CERTIFICATE("storage.mounts[].tls.client-certificate"),
    STORAGE_MOUNT_TLS_UPLOAD_END("storage.mounts[].tls.upload-end"),
    STORAGE_DURABILITY("storage.durability"),
    STORAGE_PARTIALS_KEPT("storage.partials-kept"),
    STORAGE_HIDDEN_FILES("storage.hidden-files"),
    STORAGE_SYMBOLIC_LINKS("storage.symbolic-links"),
    STORAGE_ASCII("storage.ascii"),

    HOSTS("hosts"),
    HOST_NAMES("hosts[].names"),
    HOST_ENABLED("hosts[].enabled"),
    HOST_REALM("hosts[].realm"),
    HOST_TLS("hosts[].tls"),
    HOST_TLS_CONTROL("hosts[].tls.control"),
    HOST_TLS_DATA("hosts[].tls.data"),
    HOST_TLS_LEAST_VERSION("hosts[].tls.least-version"),
    HOST_TLS_SESSION_BINDING("hosts[].tls.session-binding"),
    HOST_TLS_CLIENT_CERTIFICATE("hosts[].tls.client-certificate"),
    HOST_TLS_UPLOAD_END("hosts[].tls.upload-end"),
    HOST_MOUNTS("hosts[].mounts"),
    HOST_MOUNT_PATH("hosts[].mounts[].path"),
    HOST_MOUNT_LOCAL("hosts[].mounts[].local"),
    HOST_MOUNT_TLS("hosts[].mounts[].tls"),
    HOST_MOUNT_TLS_CONTROL("hosts[].mounts[].tls.control"),
    HOST_MOUNT_TLS_DATA("hosts[].mounts[].tls.data"),
    HOST_MOUNT_TLS_LEAST_VERSION("hosts[].mounts[].tls.least-version"),
    HOST_MOUNT_TLS_SESSION_BINDING("hosts[].mounts[].tls.session-binding"),
    HOST_MOUNT_TLS_CLIENT_CERTIFICATE("hosts[].mounts[].tls.client-certificate"),
    HOST_MOUNT_TLS_UPLOAD_END("hosts[].mounts[].tls.upload-end"),

    LISTING("listing"),
    LISTING_ZONE("listing.zone"),

    COMPRESSION("compression"),
    COMPRESSION_MODE_Z("compression.mode-z"),
    COMPRESSION_LEVEL("compression.level"),
    COMPRESSION_EXPANSION_MAX("compression.expansion-max"),

    LEGACY_NAMES("legacy-names"),
    LEGACY_NAMES_CHARSET("legacy-names.charset"),
    LEGACY_NAMES_CLIENTS("legacy-names.clients"),

    LIMITS("limits"),
    LIMITS_SESSIONS("limits.sessions"),
    LIMITS_SESSIONS_PER_USER("limits.sessions-per-user"),
    LIMITS_SESSIONS_PER_ADDRESS("limits.sessions-per-address"),
    LIMITS_IDLE("limits.idle"),
    LIMITS_LOGIN("limits.login"),
    LIMITS_HANDSHAKE("limits.handshake"),
    LIMITS_STALL("limits.stall"),
    LIMITS_DATA_CONNECT("limits.data-connect"),
    LIMITS_LINGER("limits.linger"),
    LIMITS_KEEPALIVE("limits.keepalive"),
    LIMITS_DRAIN("limits.drain"),

    ADMIN("admin"),
    ADMIN_ADDRESS("admin.address"),

    LOG("log"),
    LOG_FORMAT("log.format");

    /// The section of the keys at the left margin.
    static final String ROOT = "";

    private final String path;
    private final String section;
    private final String word;

    Key(String path) {
        int dot = path.lastIndexOf('.');
        this.path = path;
        this.section = path.substring(0, Math.max(0, dot));
        this.word = path.substring(dot + 1);
    }

    /// The whole path, with `[]` for "each entry of this list".
    String path() {
        return path;
    }

    /// The section that the key is in: its path without the last word.
    String section() {
        return section;
    }

    /// What is written in front of the colon.
    String word() {
        return word;
    }

    /// All keys of a section, in the order of the reference.
    static List<Key> in(String section) {
        return Arrays.stream(values()).filter(key -> key.section.equals(section)).toList();
    }
}
