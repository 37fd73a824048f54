package io.sealane.server.certificate;

import io.sealane.config.CertificateName;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The names in a certificate itself.
final class CertificateNames {
    private static final int DNS_NAME = 2;

    private CertificateNames() {}

    /// Its DNS names (subject alternative names, RFC 5280 section 4.2.1.6), lower case, once each.
    /// Names that no client can ask for are left out.
    static List<CertificateName> of(X509Certificate certificate) {
        Collection<List<?>> all;
        try {
            all = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
        if (all == null) {
            return List.of();
        }
        return all.stream()
                .filter(name -> name.getFirst().equals(DNS_NAME))
                .map(name -> CertificateName.parse(String.valueOf(name.get(1))))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /// Whether clients that check names take the certificate for `name`.
    static boolean covers(X509Certificate certificate, CertificateName name) {
        String text = name.text();
        int dot = text.indexOf('.');
        return of(certificate).stream()
                .map(CertificateName::text)
                .anyMatch(own ->
                        own.equals(text) || (dot > 0 && own.equals("*" + text.substring(dot))));
    }
}
