package io.sealane.config;

import java.util.Optional;

/// A host name that a certificate is for, or all names one level below a domain: `ftp.example.com`,
/// `*.example.com` (RFC 9525 section 6.3). Lower case.
public record CertificateName(String text) {
    private static final String WILDCARD = "*.";

    public CertificateName {
        if (HostName.parse(host(text)).filter(name -> name.text().equals(host(text))).isEmpty()) {
            throw new IllegalArgumentException("not a certificate name in lower case: " + text);
        }
    }

    /// Parses a name in any case.
    public static Optional<CertificateName> parse(String text) {
        String wildcard = text.startsWith(WILDCARD) ? WILDCARD : "";
        return HostName.parse(host(text)).map(name -> new CertificateName(wildcard + name));
    }

    /// Whether it stands for all names one level below a domain.
    public boolean isWildcard() {
        return text.startsWith(WILDCARD);
    }

    /// Whether a client that asks for `host` may be given this name's certificate.
    public boolean matches(HostName host) {
        int dot = host.text().indexOf('.');
        return text.equals(host.text())
                || (dot > 0 && text.equals("*" + host.text().substring(dot)));
    }

    @Override
    public String toString() {
        return text;
    }

    private static String host(String text) {
        return text.startsWith(WILDCARD) ? text.substring(WILDCARD.length()) : text;
    }
}
