package io.sealane.config;

import java.util.Optional;

/// What a host, a mount, or a policy that is tried, demands of TLS; empty where it has no opinion.
///
/// @param leastVersion oldest version that will do
public record TlsDemands(
        Optional<Requirement> control,
        Optional<Requirement> data,
        Optional<TlsVersion> leastVersion,
        Optional<SessionBinding> sessionBinding,
        Optional<Requirement> clientCertificate,
        Optional<UploadEnd> uploadEnd) {
    public static final TlsDemands NONE =
            new TlsDemands(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /// The keys of one section of demands.
    record Keys(
            Key control,
            Key data,
            Key leastVersion,
            Key sessionBinding,
            Key clientCertificate,
            Key uploadEnd) {
        static final Keys OBSERVE =
                new Keys(
                        Key.LISTENER_TLS_OBSERVE_CONTROL,
                        Key.LISTENER_TLS_OBSERVE_DATA,
                        Key.LISTENER_TLS_OBSERVE_LEAST_VERSION,
                        Key.LISTENER_TLS_OBSERVE_SESSION_BINDING,
                        Key.LISTENER_TLS_OBSERVE_CLIENT_CERTIFICATE,
                        Key.LISTENER_TLS_OBSERVE_UPLOAD_END);
        static final Keys MOUNT =
                new Keys(
                        Key.STORAGE_MOUNT_TLS_CONTROL,
                        Key.STORAGE_MOUNT_TLS_DATA,
                        Key.STORAGE_MOUNT_TLS_LEAST_VERSION,
                        Key.STORAGE_MOUNT_TLS_SESSION_BINDING,
                        Key.STORAGE_MOUNT_TLS_CLIENT_CERTIFICATE,
                        Key.STORAGE_MOUNT_TLS_UPLOAD_END);
        static final Keys HOST =
                new Keys(
                        Key.HOST_TLS_CONTROL,
                        Key.HOST_TLS_DATA,
                        Key.HOST_TLS_LEAST_VERSION,
                        Key.HOST_TLS_SESSION_BINDING,
                        Key.HOST_TLS_CLIENT_CERTIFICATE,
                        Key.HOST_TLS_UPLOAD_END);
        static final Keys HOST_MOUNT =
                new Keys(
                        Key.HOST_MOUNT_TLS_CONTROL,
                        Key.HOST_MOUNT_TLS_DATA,
                        Key.HOST_MOUNT_TLS_LEAST_VERSION,
                        Key.HOST_MOUNT_TLS_SESSION_BINDING,
                        Key.HOST_MOUNT_TLS_CLIENT_CERTIFICATE,
                        Key.HOST_MOUNT_TLS_UPLOAD_END);
    }

    static TlsDemands read(Section section, Keys keys) {
        return new TlsDemands(
                optional(section, keys.control, Requirement.REQUIRED, REQUIREMENT),
                optional(section, keys.data, Requirement.REQUIRED, REQUIREMENT),
                optional(
                        section,
                        keys.leastVersion,
                        TlsVersion.TLS_1_3,
                        Formats.word(TlsVersion.class)),
                optional(
                        section,
                        keys.sessionBinding,
                        SessionBinding.SAME_SESSION,
                        Formats.word(SessionBinding.class)),
                optional(section, keys.clientCertificate, Requirement.REQUIRED, REQUIREMENT),
                optional(section, keys.uploadEnd, UploadEnd.STRICT, Formats.word(UploadEnd.class)));
    }

    private static final Format<Requirement> REQUIREMENT = Formats.word(Requirement.class);

    private static <T> Optional<T> optional(Section section, Key key, T standIn, Format<T> format) {
        return section.has(key)
                ? Optional.of(section.setting(key, standIn, format).value())
                : Optional.empty();
    }
}
