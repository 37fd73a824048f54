package io.sealane.core.tls;

/// What clients may do on a listener that TLS as the standards have it does not need.
///
/// @param clear CCC: to go on in the clear on the control connection (RFC 4217 section 5)
/// @param authAfterLogin AUTH of a user who is logged in in the clear; it ends that login, as RFC
///   2228 section 3 wants
/// @param emptyUpload to upload nothing over a data connection that ends before its TLS handshake
///   is over. Interop: lftp 4.9.2 ends an empty upload as soon as it sees the 150
public record Concessions(Permission clear, Permission authAfterLogin, Permission emptyUpload) {
    public enum Permission {
        REFUSED,
        ALLOWED
    }

    /// None.
    public static final Concessions STRICT =
            new Concessions(Permission.REFUSED, Permission.REFUSED, Permission.REFUSED);
}
