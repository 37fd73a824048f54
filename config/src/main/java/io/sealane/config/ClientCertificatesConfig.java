package io.sealane.config;

import java.nio.file.Path;
import java.util.List;

/// Which certificates of clients are good, and what they are worth at the login. The files are not
/// read here.
///
/// @param trust PEM file of the authorities that may issue them, an absolute path
/// @param crl files of revocation lists, PEM or DER, at most [#CRL_MAX], absolute paths; empty:
///   revocation is not looked at
/// @param password not [CertificatePassword#NOT_NEEDED] if `user` is [CertificateUser#NONE]
public record ClientCertificatesConfig(
        Path trust, List<Path> crl, CertificateUser user, CertificatePassword password) {
    /// One for each authority on a path, and there are some at most.
    public static final int CRL_MAX = 64;

    static final CertificateUser USER_DEFAULT = CertificateUser.NONE;
    static final CertificatePassword PASSWORD_DEFAULT = CertificatePassword.REQUIRED;

    public ClientCertificatesConfig {
        crl = List.copyOf(crl);
        new Bounds<>(0, CRL_MAX).require("number of revocation lists", crl.size());
        if (user == CertificateUser.NONE && password == CertificatePassword.NOT_NEEDED) {
            throw new IllegalArgumentException("nobody to log in without a password");
        }
    }
}
