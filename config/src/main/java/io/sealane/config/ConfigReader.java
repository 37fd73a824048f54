package io.sealane.config;

import io.sealane.config.ReadConfig.ReadAccounts;
import io.sealane.config.ReadConfig.ReadCertificate;
import io.sealane.config.ReadConfig.ReadClientCertificates;
import io.sealane.config.ReadConfig.ReadHost;
import io.sealane.config.ReadConfig.ReadMount;
import io.sealane.config.ReadConfig.ReadPassive;
import io.sealane.config.ReadConfig.ReadSource;
import io.sealane.config.ReadConfig.ReadStorage;
import io.sealane.config.Setting.Origin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Reads all keys of one file, section by section. Wrong values are reported and have a stand-in in
/// the result.
final class ConfigReader {
    private static final Bounds<Integer> LISTENERS_SIZE =
            new Bounds<>(1, SealaneConfig.LISTENERS_MAX);
    private static final Bounds<Integer> LEGACY_CLIENTS_SIZE =
            new Bounds<>(0, LegacyNamesConfig.CLIENTS_MAX);
    private static final Bounds<Integer> RULES_SIZE = new Bounds<>(0, PassiveConfig.RULES_MAX);
    private static final Bounds<Integer> EXCLUDED_SIZE =
            new Bounds<>(0, PassiveConfig.EXCLUDED_MAX);
    private static final Bounds<Integer> USERS_SIZE =
            new Bounds<>(0, ServerToServerConfig.USERS_MAX);
    private static final Bounds<Integer> PEERS_SIZE =
            new Bounds<>(0, ServerToServerConfig.PEERS_MAX);
    private static final Bounds<Integer> CERTIFICATES_SIZE =
            new Bounds<>(0, SealaneConfig.CERTIFICATES_MAX);
    private static final Bounds<Integer> NAMES_SIZE = new Bounds<>(0, CertificateConfig.NAMES_MAX);
    private static final Bounds<Integer> CRL_SIZE =
            new Bounds<>(0, ClientCertificatesConfig.CRL_MAX);
    private static final Bounds<Integer> HOSTS_SIZE = new Bounds<>(0, SealaneConfig.HOSTS_MAX);
    private static final Bounds<Integer> HOST_NAMES_SIZE = new Bounds<>(1, HostConfig.NAMES_MAX);
    private static final Bounds<Integer> MOUNTS_SIZE = new Bounds<>(1, StorageConfig.MOUNTS_MAX);

    private final Problems problems;
    private final Section root;
    private final HostPaths paths;

    /// @param folder the file's folder, absolute and normalized
    ConfigReader(Problems problems, Section root, Path folder) {
        this.problems = problems;
        this.root = root;
        this.paths = new HostPaths(folder);
    }

    ReadConfig read() {
        Path dataDirDefault = paths.folder().resolve(ConfigDefaults.DATA_DIR);
        Setting<Path> dataDir = root.setting(Key.DATA_DIR, dataDirDefault, paths.path());
        return new ReadConfig(
                dataDir,
                root.has(Key.LISTENERS) ? Origin.FILE : Origin.DEFAULT,
                root.sections(Key.LISTENERS, LISTENERS_SIZE).stream()
                        .map(section -> ReadListener.read(section, problems))
                        .toList(),
                passive(root.section(Key.PASSIVE)),
                active(root.section(Key.ACTIVE)),
                serverToServer(root.section(Key.SERVER_TO_SERVER)),
                tls(root.section(Key.TLS)),
                root.sections(Key.CERTIFICATES, CERTIFICATES_SIZE).stream()
                        .map(this::certificate)
                        .toList(),
                root.has(Key.CLIENT_CERTIFICATES)
                        ? Optional.of(clientCertificates(root.section(Key.CLIENT_CERTIFICATES)))
                        : Optional.empty(),
                accounts(root.section(Key.ACCOUNTS), dataDir),
                storage(root.section(Key.STORAGE)),
                root.sections(Key.HOSTS, HOSTS_SIZE).stream().map(this::host).toList(),
                listing(root.section(Key.LISTING)),
                compression(root.section(Key.COMPRESSION)),
                legacyNames(root.section(Key.LEGACY_NAMES)),
                limits(root.section(Key.LIMITS)),
                root.section(Key.ADMIN)
                        .setting(Key.ADMIN_ADDRESS, AdminConfig.DEFAULTS, Formats.ADMIN),
                log(root.section(Key.LOG)));
    }

    private static ReadPassive passive(Section passive) {
        PassiveConfig defaults = PassiveConfig.DEFAULTS;
        return new ReadPassive(
                passive.setting(Key.PASSIVE_PORTS, defaults.ports(), Formats.PASSIVE_PORTS),
                passive.settings(
                        Key.PASSIVE_EXCLUDE, List.of(), Formats.EXCLUDED_PORT, EXCLUDED_SIZE),
                passive.setting(Key.PASSIVE_BIND, defaults.bind(), Formats.BIND).value(),
                passive.setting(Key.PASSIVE_ADVERTISE, defaults.advertise(), Formats.ADVERTISED),
                passive.sections(Key.PASSIVE_ADVERTISE_TO, RULES_SIZE).stream()
                        .map(ConfigReader::rule)
                        .toList(),
                passive.setting(
                                Key.PASSIVE_PEER_CHECK,
                                defaults.peerCheck(),
                                Formats.word(PeerCheck.class))
                        .value());
    }

    private static AdvertiseRule rule(Section rule) {
        CidrBlock anyClient = new CidrBlock(ConfigDefaults.ADDRESS, Integer.SIZE);
        AdvertisedAddress anyAddress = PassiveConfig.DEFAULTS.advertise();
        return new AdvertiseRule(
                rule.required(Key.PASSIVE_ADVERTISE_TO_CLIENTS, anyClient, Formats.NETWORK).value(),
                rule.required(Key.PASSIVE_ADVERTISE_TO_ADDRESS, anyAddress, Formats.ADVERTISED)
                        .value());
    }

    private static ActiveConfig active(Section active) {
        ActiveConfig defaults = ActiveConfig.DEFAULTS;
        return new ActiveConfig(
                active.setting(Key.ACTIVE_ENABLED, defaults.enabled(), Formats.TRUTH).value(),
                active.setting(
                                Key.ACTIVE_SOURCE_PORT,
                                defaults.sourcePort(),
                                Formats.word(SourcePort.class))
                        .value());
    }

    private ServerToServerConfig serverToServer(Section section) {
        List<String> users =
                values(
                        section.settings(
                                Key.SERVER_TO_SERVER_USERS,
                                List.of(),
                                Formats.USER_NAME,
                                USERS_SIZE));
        List<CidrBlock> peers =
                values(
                        section.settings(
                                Key.SERVER_TO_SERVER_PEERS,
                                List.of(),
                                Formats.NETWORK,
                                PEERS_SIZE));
        boolean oneMissing =
                section.has(Key.SERVER_TO_SERVER_USERS) != section.has(Key.SERVER_TO_SERVER_PEERS);
        if (oneMissing && !(users.isEmpty() && peers.isEmpty())) {
            problems.error(
                    section.place(),
                    "permits nothing to anybody; allowed: both users and peers, or no such"
                            + " section");
        }
        if (peers.stream().anyMatch(CidrBlock::isEverything)) {
            problems.warning(
                    section.place(),
                    "anybody may take a data connection of these users; better the hosts alone");
        }
        return new ServerToServerConfig(users, peers);
    }

    private static <T> List<T> values(List<Setting<T>> settings) {
        return settings.stream().map(Setting::value).toList();
    }

    private static TlsConfig tls(Section tls) {
        TlsConfig defaults = TlsConfig.DEFAULTS;
        return new TlsConfig(
                tls.setting(
                                Key.TLS_PROVIDER,
                                defaults.provider(),
                                Formats.word(TlsProviderName.class))
                        .value(),
                tls.setting(Key.TLS_SNI, defaults.sni(), Formats.word(Sni.class)).value());
    }

    private static LogConfig log(Section log) {
        LogFormat format = LogConfig.DEFAULTS.format();
        return new LogConfig(
                log.setting(Key.LOG_FORMAT, format, Formats.word(LogFormat.class)).value());
    }

    private ReadCertificate certificate(Section certificate) {
        return new ReadCertificate(
                certificate.place(),
                certificate.settings(
                        Key.CERTIFICATE_NAMES, List.of(), Formats.CERTIFICATE_NAME, NAMES_SIZE),
                certificate
                        .setting(Key.CERTIFICATE_OCSP, Ocsp.AUTO, Formats.word(Ocsp.class))
                        .value(),
                certificate.has(Key.CERTIFICATE_ACME) ? acme(certificate) : files(certificate));
    }

    private ReadSource files(Section certificate) {
        Path standIn = paths.folder();
        return new ReadSource.Files(
                certificate.required(Key.CERTIFICATE_CHAIN, standIn, paths.path()),
                certificate.required(Key.CERTIFICATE_KEY, standIn, paths.path()));
    }

    private ReadClientCertificates clientCertificates(Section clients) {
        return new ReadClientCertificates(
                clients.place(),
                clients.required(Key.CLIENT_CERTIFICATES_TRUST, paths.folder(), paths.path()),
                clients.settings(Key.CLIENT_CERTIFICATES_CRL, List.of(), paths.path(), CRL_SIZE),
                clients.setting(
                        Key.CLIENT_CERTIFICATES_USER,
                        ClientCertificatesConfig.USER_DEFAULT,
                        Formats.word(CertificateUser.class)),
                clients.setting(
                        Key.CLIENT_CERTIFICATES_PASSWORD,
                        ClientCertificatesConfig.PASSWORD_DEFAULT,
                        Formats.word(CertificatePassword.class)));
    }

    private ReadSource acme(Section certificate) {
        for (Key key : List.of(Key.CERTIFICATE_CHAIN, Key.CERTIFICATE_KEY)) {
            if (certificate.has(key)) {
                problems.error(
                        certificate.placeOf(key),
                        "is not allowed with acme; allowed: files, or acme, which makes its own");
            }
        }
        if (!certificate.has(Key.CERTIFICATE_NAMES)) {
            problems.error(
                    certificate.placeOf(Key.CERTIFICATE_NAMES),
                    "is missing; allowed: the names that the authority is to certify");
        }
        Section acme = certificate.section(Key.CERTIFICATE_ACME);
        acme.required(Key.CERTIFICATE_ACME_TERMS_AGREED, false, Formats.AGREED);
        return new ReadSource.Acme(
                new AcmeConfig(
                        acme.required(
                                        Key.CERTIFICATE_ACME_DIRECTORY,
                                        URI.create("https://localhost/"),
                                        Formats.DIRECTORY)
                                .value(),
                        optional(acme, Key.CERTIFICATE_ACME_CONTACT, Formats.CONTACT),
                        acme.setting(
                                        Key.CERTIFICATE_ACME_CHALLENGE,
                                        AcmeChallenge.HTTP_01,
                                        Formats.word(AcmeChallenge.class))
                                .value(),
                        acme.setting(
                                        Key.CERTIFICATE_ACME_HTTP_ADDRESS,
                                        AcmeConfig.HTTP_ADDRESS_DEFAULT,
                                        Formats.SOCKET_ADDRESS)
                                .value(),
                        optional(acme, Key.CERTIFICATE_ACME_TLS_ADDRESS, Formats.SOCKET_ADDRESS),
                        optional(acme, Key.CERTIFICATE_ACME_TRUST, paths.path())));
    }

    private static <T> Optional<T> optional(Section section, Key key, Format<T> format) {
        return section.setting(
                        key,
                        Optional.<T>empty(),
                        new Format<>(
                                format.allowed(),
                                text ->
                                        switch (format.parse(text)) {
                                            case Parsed.Good<T>(T value) ->
                                                    new Parsed.Good<>(Optional.of(value));
                                            case Parsed.NotAllowed<T>() ->
                                                    new Parsed.NotAllowed<>();
                                            case Parsed.NotServed<T>() -> new Parsed.NotServed<>();
                                        },
                                format.shown()))
                .value();
    }

    private ReadAccounts accounts(Section accounts, Setting<Path> dataDir) {
        return new ReadAccounts(
                accounts.setting(
                                Key.ACCOUNTS_DATABASE,
                                ConfigDefaults.database(dataDir.value()),
                                paths.database())
                        .defaultedBy(dataDir),
                accounts.setting(
                                Key.ACCOUNTS_ONE_TIME_PASSWORD_GRACE,
                                AccountsConfig.ONE_TIME_PASSWORD_GRACE_DEFAULT,
                                Formats.duration(AccountsConfig.ONE_TIME_PASSWORD_GRACE))
                        .value());
    }

    private ReadStorage storage(Section storage) {
        return new ReadStorage(
                storage.sections(Key.STORAGE_MOUNTS, MOUNTS_SIZE).stream()
                        .map(mount -> mount(mount, MountKeys.STORAGE))
                        .toList(),
                storage.setting(
                                Key.STORAGE_DURABILITY,
                                StorageConfig.DURABILITY_DEFAULT,
                                Formats.word(Durability.class))
                        .value(),
                storage.setting(
                                Key.STORAGE_PARTIALS_KEPT,
                                StorageConfig.PARTIALS_KEPT_DEFAULT,
                                Formats.duration(StorageConfig.PARTIALS_KEPT))
                        .value(),
                storage.setting(
                                Key.STORAGE_HIDDEN_FILES,
                                StorageConfig.HIDDEN_FILES_DEFAULT,
                                Formats.word(Visibility.class))
                        .value(),
                storage.setting(
                                Key.STORAGE_SYMBOLIC_LINKS,
                                StorageConfig.SYMBOLIC_LINKS_DEFAULT,
                                Formats.word(SymbolicLinks.class))
                        .value(),
                storage.setting(
                                Key.STORAGE_ASCII,
                                StorageConfig.ASCII_DEFAULT,
                                Formats.word(Ascii.class))
                        .value());
    }

    private static ListingConfig listing(Section listing) {
        ZoneId zone = ListingConfig.DEFAULTS.zone();
        return new ListingConfig(listing.setting(Key.LISTING_ZONE, zone, Formats.ZONE).value());
    }

    /// The keys of one section of a mount.
    private record MountKeys(Key path, Key local, Key tls, TlsDemands.Keys demands) {
        static final MountKeys STORAGE =
                new MountKeys(
                        Key.STORAGE_MOUNT_PATH,
                        Key.STORAGE_MOUNT_LOCAL,
                        Key.STORAGE_MOUNT_TLS,
                        TlsDemands.Keys.MOUNT);
        static final MountKeys HOST =
                new MountKeys(
                        Key.HOST_MOUNT_PATH,
                        Key.HOST_MOUNT_LOCAL,
                        Key.HOST_MOUNT_TLS,
                        TlsDemands.Keys.HOST_MOUNT);
    }

    private ReadMount mount(Section mount, MountKeys keys) {
        return new ReadMount(
                mount.required(keys.path, "/", Formats.MOUNT_PATH),
                mount.required(
                        keys.local, new LocalFolder(paths.folder().getRoot()), paths.localFolder()),
                TlsDemands.read(mount.section(keys.tls), keys.demands));
    }

    private ReadHost host(Section host) {
        if (!host.has(Key.HOST_NAMES)) {
            problems.error(
                    host.placeOf(Key.HOST_NAMES),
                    "is missing; allowed: a list of names, each " + Formats.HOST_NAME.allowed());
        }
        return new ReadHost(
                host.settings(Key.HOST_NAMES, List.of(), Formats.HOST_NAME, HOST_NAMES_SIZE),
                host.setting(Key.HOST_ENABLED, true, Formats.TRUTH).value(),
                optional(host, Key.HOST_REALM, Formats.REALM),
                TlsDemands.read(host.section(Key.HOST_TLS), TlsDemands.Keys.HOST),
                host.sections(Key.HOST_MOUNTS, MOUNTS_SIZE).stream()
                        .map(mount -> mount(mount, MountKeys.HOST))
                        .toList());
    }

    private static CompressionConfig compression(Section compression) {
        CompressionConfig defaults = CompressionConfig.DEFAULTS;
        return new CompressionConfig(
                compression
                        .setting(
                                Key.COMPRESSION_MODE_Z, defaults.modeZ(), Formats.word(ModeZ.class))
                        .value(),
                compression
                        .setting(
                                Key.COMPRESSION_LEVEL,
                                defaults.level(),
                                Formats.count(CompressionConfig.LEVEL))
                        .value(),
                compression
                        .setting(
                                Key.COMPRESSION_EXPANSION_MAX,
                                defaults.expansionMax(),
                                Formats.count(CompressionConfig.EXPANSION_MAX))
                        .value());
    }

    private static LegacyNamesConfig legacyNames(Section names) {
        return new LegacyNamesConfig(
                names.setting(
                                Key.LEGACY_NAMES_CHARSET,
                                LegacyNamesConfig.DEFAULTS.charset(),
                                Formats.LEGACY_CHARSET)
                        .value(),
                names
                        .settings(
                                Key.LEGACY_NAMES_CLIENTS,
                                List.of(),
                                Formats.NETWORK,
                                LEGACY_CLIENTS_SIZE)
                        .stream()
                        .map(Setting::value)
                        .toList());
    }

    private static LimitsConfig limits(Section limits) {
        LimitsConfig defaults = LimitsConfig.DEFAULTS;
        return new LimitsConfig(
                sessions(limits, Key.LIMITS_SESSIONS, defaults.sessions()),
                sessions(limits, Key.LIMITS_SESSIONS_PER_USER, defaults.sessionsPerUser()),
                sessions(limits, Key.LIMITS_SESSIONS_PER_ADDRESS, defaults.sessionsPerAddress()),
                duration(limits, Key.LIMITS_IDLE, defaults.idle(), LimitsConfig.IDLE),
                duration(limits, Key.LIMITS_LOGIN, defaults.login(), LimitsConfig.LOGIN),
                duration(
                        limits, Key.LIMITS_HANDSHAKE, defaults.handshake(), LimitsConfig.HANDSHAKE),
                duration(limits, Key.LIMITS_STALL, defaults.stall(), LimitsConfig.STALL),
                duration(
                        limits,
                        Key.LIMITS_DATA_CONNECT,
                        defaults.dataConnect(),
                        LimitsConfig.DATA_CONNECT),
                duration(limits, Key.LIMITS_LINGER, defaults.linger(), LimitsConfig.LINGER),
                duration(
                        limits, Key.LIMITS_KEEPALIVE, defaults.keepalive(), LimitsConfig.KEEPALIVE),
                duration(limits, Key.LIMITS_DRAIN, defaults.drain(), LimitsConfig.DRAIN));
    }

    private static int sessions(Section limits, Key key, int fallback) {
        return limits.setting(key, fallback, Formats.count(LimitsConfig.SESSIONS)).value();
    }

    private static Duration duration(
            Section limits, Key key, Duration fallback, Bounds<Duration> bounds) {
        return limits.setting(key, fallback, Formats.duration(bounds)).value();
    }
}
