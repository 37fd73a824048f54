package io.sealane.core.tls;

import io.sealane.core.tls.ClientCertificateException.Reason;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/// What the authorities of clients took back. Immutable, and safe from any thread.
///
/// Of several lists that an authority has signed for the same scope the newest counts, whatever the
/// others say and however long they would be valid (RFC 5280 section 6.3).
///
/// Security: the JDK takes any that is valid yet, and so lets in whom a newer one has revoked.
final class RevocationLists {
    /// Extensions that say what a list is about (RFC 5280 sections 5.2.4 and 5.2.5).
    private static final List<String> SCOPE = List.of("2.5.29.28", "2.5.29.27");

    private final List<X509CRL> all;

    RevocationLists(Collection<X509CRL> all) {
        this.all = List.copyOf(all);
    }

    List<X509CRL> all() {
        return all;
    }

    /// Checks that each certificate of a path is covered by a list that is valid at this moment,
    /// and on none.
    void check(PKIXCertPathBuilderResult found, Instant now)
            throws NoSuchAlgorithmException,
                    InvalidAlgorithmParameterException,
                    ClientCertificateException {
        List<X509Certificate> path =
                found.getCertPath().getCertificates().stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        Set<X509CRL> current = new LinkedHashSet<>();
        PublicKey issuer = found.getTrustAnchor().getTrustedCert().getPublicKey();
        for (X509Certificate certificate : path.reversed()) {
            Collection<X509CRL> lists = current(certificate.getIssuerX500Principal(), issuer);
            if (lists.stream().anyMatch(list -> list.getRevokedCertificate(certificate) != null)) {
                throw new ClientCertificateException(Reason.REVOKED, path.getFirst());
            }
            current.addAll(lists);
            issuer = certificate.getPublicKey();
        }
        PKIXParameters parameters = new PKIXParameters(Set.of(found.getTrustAnchor()));
        parameters.setDate(Date.from(now));
        parameters.setRevocationEnabled(true);
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(current)));
        try {
            CertPathValidator.getInstance("PKIX").validate(found.getCertPath(), parameters);
        } catch (CertPathValidatorException failed) {
            throw new ClientCertificateException(
                    reasonOf(failed, path, now), path.getFirst(), failed);
        }
    }

    /// The newest lists by this key for each scope: more than one where they are of the same
    /// second.
    private List<X509CRL> current(X500Principal issuer, PublicKey key) {
        Map<List<String>, List<X509CRL>> byScope =
                all.stream()
                        .filter(list -> list.getIssuerX500Principal().equals(issuer))
                        .filter(list -> isSigned(list, key))
                        .collect(Collectors.groupingBy(RevocationLists::scope));
        return byScope.values().stream().flatMap(RevocationLists::newest).toList();
    }

    private static Stream<X509CRL> newest(List<X509CRL> lists) {
        Instant last =
                lists.stream().map(RevocationLists::made).max(Instant::compareTo).orElseThrow();
        return lists.stream().filter(list -> made(list).equals(last));
    }

    private static Instant made(X509CRL list) {
        return list.getThisUpdate().toInstant();
    }

    private static boolean isSigned(X509CRL list, PublicKey key) {
        try {
            list.verify(key);
            return true;
        } catch (GeneralSecurityException byAnotherKey) {
            return false;
        }
    }

    private static List<String> scope(X509CRL list) {
        return SCOPE.stream()
                .map(list::getExtensionValue)
                .map(value -> value == null ? "" : HexFormat.of().formatHex(value))
                .toList();
    }

    private Reason reasonOf(
            CertPathValidatorException failed, List<X509Certificate> path, Instant now) {
        if (failed.getReason() == BasicReason.REVOKED) {
            return Reason.REVOKED;
        }
        if (failed.getReason() != BasicReason.UNDETERMINED_REVOCATION_STATUS
                || failed.getIndex() < 0) {
            return Reason.UNTRUSTED;
        }
        return hasExpiredListOf(path.get(failed.getIndex()).getIssuerX500Principal(), now)
                ? Reason.CRL_EXPIRED
                : Reason.CRL_MISSING;
    }

    private boolean hasExpiredListOf(X500Principal issuer, Instant now) {
        return all.stream()
                .filter(list -> list.getIssuerX500Principal().equals(issuer))
                .map(X509CRL::getNextUpdate)
                .anyMatch(next -> next == null || now.isAfter(next.toInstant()));
    }
}
