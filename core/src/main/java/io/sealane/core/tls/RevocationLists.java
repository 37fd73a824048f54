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
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/// What the authorities of clients took back. Immutable, and safe from any thread.
///
/// Of several lists that an authority has signed for the same certificates the newest counts,
/// whatever the others say and however long they would be valid (RFC 5280 section 6.3). Delta lists
/// are passed over.
///
/// Security: the JDK takes any that is valid yet, and so lets in whom a newer one has revoked.
final class RevocationLists {
    /// How far an authority's clock may be ahead: as far as for the JDK.
    private static final Duration CLOCK_GRACE = Duration.ofMinutes(15);

    /// Extensions of lists (RFC 5280 section 5.2).
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";

    private static final String DELTA_CRL_INDICATOR = "2.5.29.27";
    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";

    private final List<X509CRL> all;

    RevocationLists(Collection<X509CRL> all) {
        this.all = List.copyOf(all);
    }

    List<X509CRL> all() {
        return all;
    }

    /// Those that should have been renewed, and are not replaced by another one.
    List<X509CRL> overdue(Instant now) {
        return newest(
                        made(now),
                        list ->
                                List.of(
                                        list.getIssuerX500Principal().getName(),
                                        extension(list, AUTHORITY_KEY_IDENTIFIER),
                                        extension(list, ISSUING_DISTRIBUTION_POINT)))
                .filter(list -> isOver(list, now))
                .toList();
    }

    /// Checks that each certificate of a path is covered by a list that is valid at this moment,
    /// and on none.
    ///
    /// @param leaf the client's, for the message of a refusal
    void check(PKIXCertPathBuilderResult found, X509Certificate leaf, Instant now)
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
            List<X509CRL> lists = current(certificate.getIssuerX500Principal(), issuer, now);
            if (lists.stream().anyMatch(list -> list.getRevokedCertificate(certificate) != null)) {
                throw new ClientCertificateException(Reason.REVOKED, leaf);
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
                    reasonOf(failed, path, current, now), leaf, failed);
        }
    }

    private static Reason reasonOf(
            CertPathValidatorException failed,
            List<X509Certificate> path,
            Set<X509CRL> current,
            Instant now) {
        if (failed.getReason() == BasicReason.REVOKED) {
            return Reason.REVOKED;
        }
        if (failed.getReason() != BasicReason.UNDETERMINED_REVOCATION_STATUS
                || failed.getIndex() < 0) {
            return Reason.UNTRUSTED;
        }
        X500Principal uncovered = path.get(failed.getIndex()).getIssuerX500Principal();
        return current.stream()
                        .filter(list -> list.getIssuerX500Principal().equals(uncovered))
                        .anyMatch(list -> isOver(list, now))
                ? Reason.CRL_EXPIRED
                : Reason.CRL_MISSING;
    }

    private List<X509CRL> current(X500Principal issuer, PublicKey key, Instant now) {
        return newest(
                        made(now)
                                .filter(list -> list.getIssuerX500Principal().equals(issuer))
                                .filter(list -> isSigned(list, key)),
                        list -> List.of(extension(list, ISSUING_DISTRIBUTION_POINT)))
                .toList();
    }

    /// Complete lists that have been made by now.
    private Stream<X509CRL> made(Instant now) {
        return all.stream()
                .filter(list -> list.getExtensionValue(DELTA_CRL_INDICATOR) == null)
                .filter(list -> !made(list).isAfter(now.plus(CLOCK_GRACE)));
    }

    /// The newest of each scope: more than one where they are of the same second.
    private static Stream<X509CRL> newest(
            Stream<X509CRL> lists, Function<X509CRL, List<String>> scope) {
        return lists.collect(Collectors.groupingBy(scope)).values().stream()
                .flatMap(RevocationLists::newest);
    }

    private static Stream<X509CRL> newest(List<X509CRL> lists) {
        Instant last =
                lists.stream().map(RevocationLists::made).max(Instant::compareTo).orElseThrow();
        return lists.stream().filter(list -> made(list).equals(last));
    }

    private static Instant made(X509CRL list) {
        return list.getThisUpdate().toInstant();
    }

    private static boolean isOver(X509CRL list, Instant now) {
        return list.getNextUpdate() == null || now.isAfter(list.getNextUpdate().toInstant());
    }

    private static boolean isSigned(X509CRL list, PublicKey key) {
        try {
            list.verify(key);
            return true;
        } catch (GeneralSecurityException byAnotherKey) {
            return false;
        }
    }

    private static String extension(X509CRL list, String identifier) {
        byte[] value = list.getExtensionValue(identifier);
        return value == null ? "" : HexFormat.of().formatHex(value);
    }
}
