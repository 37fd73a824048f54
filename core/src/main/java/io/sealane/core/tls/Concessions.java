package io.sealane.core.tls;

/// What clients may do with the TLS of a control connection beyond beginning it once.
///
/// @param clear CCC: to go on in the clear (RFC 4217 section 5)
/// @param authAfterLogin AUTH of a user who is logged in in the clear; it ends that login, as RFC
///   2228 section 3 wants
public record ControlRules(Permission clear, Permission authAfterLogin) {
    public enum Permission {
        REFUSED,
        ALLOWED
    }

    /// Neither.
    public static final ControlRules STRICT =
            new ControlRules(Permission.REFUSED, Permission.REFUSED);
}
