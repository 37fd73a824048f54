package io.sealane.core.tls;

/// What a client's certificate is worth at the login.
///
/// @param names where it says which users it speaks for
/// @param password whether such a user needs the account's password besides
public record CertificateLogin(CertificateNames names, Password password) {
    public enum Password {
        REQUIRED,
        NOT_NEEDED
    }

    /// A certificate admits, and users log in as they would without one.
    public static final CertificateLogin BY_PASSWORD =
            new CertificateLogin(CertificateNames.NONE, Password.REQUIRED);

    public CertificateLogin {
        if (names == CertificateNames.NONE && password == Password.NOT_NEEDED) {
            throw new IllegalArgumentException("nobody to log in without a password");
        }
    }
}
