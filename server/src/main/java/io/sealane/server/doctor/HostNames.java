package io.sealane.server.doctor;

import java.net.IDN;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether a certificate is for a host (RFC 9525): by its subjectAltName alone, as current clients
/// do it.
final class HostNames {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private HostNames() {}

    static boolean match(X509Certificate certificate, Target target) {
        if (target.isLiteral()) {
            Optional<InetAddress> wanted = address(target.host());
            return wanted.isPresent()
                    && names(certificate, IP_ADDRESS).stream()
                            .anyMatch(name -> address(name).equals(wanted));
        }
        String wanted = ascii(target.host());
        return names(certificate, DNS_NAME).stream().anyMatch(name -> matches(ascii(name), wanted));
    }

    /// DNS names and addresses of the certificate.
    static List<String> all(X509Certificate certificate) {
        List<String> all = new ArrayList<>(names(certificate, DNS_NAME));
        all.addAll(names(certificate, IP_ADDRESS));
        return all;
    }

    /// A star stands for the whole leftmost label and no more.
    static boolean matches(String pattern, String host) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && pattern.substring(1).equals(host.substring(dot));
    }

    private static List<String> names(X509Certificate certificate, int kind) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return List.of();
            }
            return names.stream()
                    .filter(name -> name.getFirst().equals(kind))
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
        } catch (CertificateParsingException _) {
            return List.of(); // None that anybody could read.
        }
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String ascii(String name) {
        String dotless = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        try {
            return IDN.toASCII(dotless).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return dotless.toLowerCase(Locale.ROOT);
        }
    }
}
