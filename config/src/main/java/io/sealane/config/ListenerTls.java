package io.sealane.config;

import java.util.Set;

/// What a listener does about TLS.
public sealed interface ListenerTls {
    /// Nothing: the listener's mode is [ListenerMode#PLAIN].
    record None() implements ListenerTls {}

    /// TLS is offered, and asked for as follows.
    ///
    /// @param control whether USER is refused on a control connection in the clear
    /// @param data whether transfers and listings are refused on a data connection in the clear
    /// @param versions accepted versions, at least one; those before 1.2 if `legacy` alone
    /// @param overridable whether accounts and mounts may demand less than this
    /// @param observe a stricter policy that is tried without refusing anything
    /// @param clearControlChannel whether CCC ends TLS on the control connection
    /// @param authAfterLogin whether AUTH is taken from a user who logged in in the clear
    /// @param emptyUploadWithoutHandshake whether an upload of nothing needs a TLS handshake
    /// @param legacy whether CBC, 3DES and RSA key exchange are served, too
    record Offered(
            Requirement control,
            Requirement data,
            SessionBinding sessionBinding,
            Set<TlsVersion> versions,
            ClientCertificate clientCertificate,
            UploadEnd uploadEnd,
            boolean overridable,
            TlsDemands observe,
            Permission clearControlChannel,
            Permission authAfterLogin,
            Permission emptyUploadWithoutHandshake,
            boolean legacy)
            implements ListenerTls {
        public static final Offered DEFAULTS =
                new Offered(
                        Requirement.REQUIRED,
                        Requirement.REQUIRED,
                        SessionBinding.PREFER,
                        TlsVersion.modern(),
                        ClientCertificate.NONE,
                        UploadEnd.STRICT,
                        false,
                        TlsDemands.NONE,
                        Permission.REFUSED,
                        Permission.REFUSED,
                        Permission.REFUSED,
                        false);

        public Offered {
            versions = Set.copyOf(versions);
            if (versions.isEmpty()) {
                throw new IllegalArgumentException("at least one TLS version");
            }
            if (!legacy && !TlsVersion.modern().containsAll(versions)) {
                throw new IllegalArgumentException("too old for today: " + versions);
            }
        }
    }
}
