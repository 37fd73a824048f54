package io.sealane.core.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// Where a certificate says which users it speaks for.
public enum CertificateNames {
    /// Nowhere: a certificate admits, and says nothing of users.
    NONE,
    /// The common name in its subject; nobody, if there are several.
    SUBJECT_CN,
    /// The mail addresses among its alternative names, each as a whole.
    SAN_EMAIL,
    /// The DNS names among its alternative names.
    SAN_DNS;

    /// Kinds of alternative names (RFC 5280 section 4.2.1.6).
    private static final int RFC822_NAME = 1;

    private static final int DNS_NAME = 2;

    /// The users that `certificate` speaks for, maybe none.
    List<String> of(X509Certificate certificate) {
        return switch (this) {
            case NONE -> List.of();
            case SUBJECT_CN -> commonName(certificate.getSubjectX500Principal());
            case SAN_EMAIL -> alternativeNames(certificate, RFC822_NAME);
            case SAN_DNS -> alternativeNames(certificate, DNS_NAME);
        };
    }

    /// Security: which of two common names counts is what programs differ about, so none does.
    private static List<String> commonName(X500Principal subject) {
        List<String> names = new ArrayList<>();
        try {
            for (Rdn rdn : new LdapName(subject.getName(X500Principal.RFC2253)).getRdns()) {
                Attribute found = rdn.toAttributes().get("CN");
                for (int i = 0; found != null && i < found.size(); i++) {
                    names.add(String.valueOf(found.get(i)));
                }
            }
        } catch (NamingException notAName) {
            return List.of();
        }
        return names.size() == 1 ? names : List.of();
    }

    private static List<String> alternativeNames(X509Certificate certificate, int kind) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(0).equals(kind))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException broken) {
            return List.of();
        }
    }
}
