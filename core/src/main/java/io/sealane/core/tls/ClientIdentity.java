package io.sealane.core.tls;

import io.sealane.core.wire.Printable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/// Who a client proved to be by its certificate.
///
/// @param subject of the certificate, in the form of RFC 2253, for the log
/// @param fingerprint SHA-256 of the certificate, in hexadecimal
/// @param users names it speaks for
public record ClientIdentity(
        String subject, String fingerprint, CertificateLogin login, List<String> users) {
    /// What a certificate says to the wish to be a user.
    public enum Claim {
        /// It does not matter here, or not alone.
        PASSWORD_DECIDES,
        /// This is the user.
        PROVEN,
        /// It speaks for others, or for nobody.
        OF_ANOTHER
    }

    public ClientIdentity {
        users = List.copyOf(users);
    }

    /// @param certificate a client's own, which was checked
    static ClientIdentity of(X509Certificate certificate, CertificateLogin login) {
        return new ClientIdentity(
                subjectOf(certificate),
                fingerprintOf(certificate),
                login,
                login.names().of(certificate));
    }

    static String subjectOf(X509Certificate certificate) {
        return Printable.escape(certificate.getSubjectX500Principal().getName());
    }

    /// What becomes of a client with this certificate that says `USER user`.
    public Claim claim(String user) {
        if (login.names() == CertificateNames.NONE) {
            return Claim.PASSWORD_DECIDES;
        }
        if (!users.contains(user)) {
            return Claim.OF_ANOTHER;
        }
        return switch (login.password()) {
            case REQUIRED -> Claim.PASSWORD_DECIDES;
            case NOT_NEEDED -> Claim.PROVEN;
        };
    }

    private static String fingerprintOf(X509Certificate certificate) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (CertificateEncodingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
