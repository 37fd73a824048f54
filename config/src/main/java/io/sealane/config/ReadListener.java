package io.sealane.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A listener as it is in the file, each value with its place.
///
/// @param tls for [ListenerMode#PLAIN] without meaning
record ReadListener(
        Setting<String> name,
        Setting<InetAddress> address,
        List<Setting<Integer>> ports,
        Setting<ListenerMode> mode,
        ReadTls tls,
        List<Setting<CidrBlock>> clients,
        List<Setting<String>> users,
        Setting<Duration> sniff) {
    private static final Bounds<Integer> CLIENTS_SIZE = new Bounds<>(0, ListenerConfig.CLIENTS_MAX);
    private static final Bounds<Integer> USERS_SIZE = new Bounds<>(0, ListenerConfig.USERS_MAX);
    private static final Bounds<Integer> PORTS_SIZE = new Bounds<>(1, ListenerConfig.PORTS_MAX);
    private static final Bounds<Integer> VERSIONS_SIZE =
            new Bounds<>(1, TlsVersion.values().length);

    /// A `tls` section.
    record ReadTls(
            Setting<Requirement> control,
            Setting<Requirement> data,
            Setting<SessionBinding> sessionBinding,
            List<Setting<TlsVersion>> versions,
            Setting<ClientCertificate> clientCertificate,
            Setting<UploadEnd> uploadEnd,
            boolean overridable,
            TlsDemands observe,
            Setting<Permission> clearControlChannel,
            Setting<Permission> authAfterLogin,
            Setting<Permission> emptyUpload,
            Setting<Boolean> legacy) {}

    static ReadListener read(Section section, Problems problems) {
        Setting<ListenerMode> mode =
                section.setting(
                        Key.LISTENER_MODE, ListenerMode.EXPLICIT, Formats.word(ListenerMode.class));
        Section tlsSection = section.section(Key.LISTENER_TLS);
        ReadListener listener =
                new ReadListener(
                        section.setting(
                                        Key.LISTENER_NAME,
                                        mode.value().text(),
                                        Formats.LISTENER_NAME)
                                .defaultedBy(mode),
                        section.setting(
                                Key.LISTENER_ADDRESS, ConfigDefaults.ADDRESS, Formats.ADDRESS),
                        section.settings(
                                Key.LISTENER_PORTS,
                                mode.isGood()
                                        ? List.of(ConfigDefaults.port(mode.value()))
                                        : List.of(),
                                Formats.PORT,
                                PORTS_SIZE),
                        mode,
                        readTls(tlsSection),
                        section.settings(
                                Key.LISTENER_CLIENTS, List.of(), Formats.NETWORK, CLIENTS_SIZE),
                        section.settings(
                                Key.LISTENER_USERS, List.of(), Formats.USER_NAME, USERS_SIZE),
                        section.setting(
                                Key.LISTENER_SNIFF,
                                ListenerConfig.SNIFF_DEFAULT,
                                Formats.duration(ListenerConfig.SNIFF)));
        if (mode.isGood()) {
            listener.checkAgainstMode(section, problems);
        }
        checkDistinct(listener.tls.versions, problems);
        listener.checkLegacy(problems);
        listener.warn(problems);
        return listener;
    }

    /// The listener; only to be asked for if nothing was wrong.
    ListenerConfig toConfig() {
        return new ListenerConfig(
                name.value(),
                address.value(),
                ports.stream().map(Setting::value).toList(),
                mode.value(),
                switch (mode.value()) {
                    case EXPLICIT, IMPLICIT, AUTO -> offered();
                    case PLAIN -> new ListenerTls.None();
                },
                clients.stream().map(Setting::value).toList(),
                users.stream().map(Setting::value).toList(),
                sniff.value());
    }

    private ListenerTls.Offered offered() {
        return new ListenerTls.Offered(
                tls.control.value(),
                tls.data.value(),
                tls.sessionBinding.value(),
                EnumSet.copyOf(tls.versions.stream().map(Setting::value).toList()),
                tls.clientCertificate.value(),
                tls.uploadEnd.value(),
                tls.overridable,
                tls.observe,
                tls.clearControlChannel.value(),
                tls.authAfterLogin.value(),
                tls.emptyUpload.value(),
                tls.legacy.value());
    }

    private static ReadTls readTls(Section tls) {
        ListenerTls.Offered defaults = ListenerTls.Offered.DEFAULTS;
        Format<Requirement> requirement = Formats.word(Requirement.class);
        Format<Permission> permission = Formats.word(Permission.class);
        return new ReadTls(
                tls.setting(Key.LISTENER_TLS_CONTROL, defaults.control(), requirement),
                tls.setting(Key.LISTENER_TLS_DATA, defaults.data(), requirement),
                tls.setting(
                        Key.LISTENER_TLS_SESSION_BINDING,
                        defaults.sessionBinding(),
                        Formats.word(SessionBinding.class)),
                tls.settings(
                        Key.LISTENER_TLS_VERSIONS,
                        List.copyOf(defaults.versions()),
                        Formats.word(TlsVersion.class),
                        VERSIONS_SIZE),
                tls.setting(
                        Key.LISTENER_TLS_CLIENT_CERTIFICATE,
                        defaults.clientCertificate(),
                        Formats.word(ClientCertificate.class)),
                tls.setting(
                        Key.LISTENER_TLS_UPLOAD_END,
                        defaults.uploadEnd(),
                        Formats.word(UploadEnd.class)),
                tls.setting(Key.LISTENER_TLS_OVERRIDABLE, defaults.overridable(), Formats.TRUTH)
                        .value(),
                TlsDemands.read(tls.section(Key.LISTENER_TLS_OBSERVE), TlsDemands.Keys.OBSERVE),
                tls.setting(
                        Key.LISTENER_TLS_CLEAR_CONTROL_CHANNEL,
                        defaults.clearControlChannel(),
                        permission),
                tls.setting(
                        Key.LISTENER_TLS_AUTH_AFTER_LOGIN, defaults.authAfterLogin(), permission),
                tls.setting(
                        Key.LISTENER_TLS_EMPTY_UPLOAD,
                        defaults.emptyUploadWithoutHandshake(),
                        permission),
                tls.setting(Key.LISTENER_TLS_LEGACY, defaults.legacy(), Formats.TRUTH));
    }

    /// Security: what is legacy is for devices that are named, and for nobody else.
    private void checkLegacy(Problems problems) {
        if (tls.legacy.value()) {
            if (clients.isEmpty() || clients.stream().anyMatch(one -> one.value().isEverything())) {
                problems.error(
                        tls.legacy.place(),
                        "lets in everybody; allowed: with clients, the networks of the devices");
            }
            if (users.isEmpty()) {
                problems.error(
                        tls.legacy.place(),
                        "lets in everybody; allowed: with users, the names that the devices log in"
                                + " by");
            }
            problems.warning(
                    tls.legacy.place(),
                    "TLS before 1.2, CBC, 3DES and RSA key exchange can be attacked: passwords and"
                            + " files of this listener may become known");
            return;
        }
        for (Setting<TlsVersion> version : tls.versions) {
            if (version.isGood() && !TlsVersion.modern().contains(version.value())) {
                problems.errorIn(
                        version.place(),
                        version.value().text(),
                        "is not allowed where tls.legacy is false; allowed: 1.2, 1.3");
            }
        }
    }

    private static void checkDistinct(List<Setting<TlsVersion>> versions, Problems problems) {
        Set<TlsVersion> seen = new HashSet<>();
        for (Setting<TlsVersion> version : versions) {
            if (!seen.add(version.value())) {
                problems.errorIn(
                        version.place(),
                        version.value().text(),
                        "is in the list already; allowed: each version once");
            }
        }
    }

    private void checkAgainstMode(Section section, Problems problems) {
        switch (mode.value()) {
            case EXPLICIT, AUTO -> checkCertificateIsNotEvaded(problems);
            case IMPLICIT -> {
                if (tls.control.isFromFile() && tls.control.value() == Requirement.OPTIONAL) {
                    problems.errorIn(
                            tls.control.place(),
                            tls.control.value().text(),
                            "is not allowed in mode implicit, which begins with TLS; allowed:"
                                    + " required");
                }
            }
            case PLAIN -> {
                if (section.has(Key.LISTENER_TLS)) {
                    problems.error(
                            section.placeOf(Key.LISTENER_TLS),
                            "is not allowed in mode plain, which offers no TLS; allowed: no tls"
                                    + " here, or mode explicit");
                }
            }
        }
        if (sniff.isFromFile() && mode.value() != ListenerMode.AUTO) {
            problems.errorIn(
                    sniff.place(),
                    Formats.text(sniff.value()),
                    "is not allowed in mode " + mode.value().text() + "; allowed: in mode auto");
        }
    }

    /// Security: who may log in in the clear shows no certificate.
    private void checkCertificateIsNotEvaded(Problems problems) {
        Setting<ClientCertificate> certificate = tls.clientCertificate;
        if (certificate.isFromFile()
                && certificate.value() == ClientCertificate.REQUIRED
                && tls.control.value() == Requirement.OPTIONAL) {
            problems.errorIn(
                    certificate.place(),
                    certificate.value().text(),
                    "is not allowed with control: optional, by which a login needs no TLS; allowed:"
                            + " with control: required");
        }
    }

    /// Whether clients are asked for certificates here; not if that is wrong in the file.
    boolean asksForCertificates() {
        return mode.isGood()
                && mode.value() != ListenerMode.PLAIN
                && tls.clientCertificate.isFromFile()
                && tls.clientCertificate.value() != ClientCertificate.NONE;
    }

    private void warn(Problems problems) {
        if (!mode.isGood() || address.value().isLoopbackAddress()) {
            return;
        }
        switch (mode.value()) {
            case PLAIN -> problems.warning(mode.place(), "passwords and files travel in the clear");
            case EXPLICIT, IMPLICIT, AUTO -> {
                if (tls.control.value() == Requirement.OPTIONAL) {
                    problems.warning(tls.control.place(), "passwords may travel in the clear");
                }
                if (tls.data.value() == Requirement.OPTIONAL) {
                    problems.warning(tls.data.place(), "files may travel in the clear");
                }
                if (tls.clearControlChannel.value() == Permission.ALLOWED) {
                    problems.warning(
                            tls.clearControlChannel.place(),
                            "commands may travel in the clear, and be changed on their way");
                }
            }
        }
    }
}
