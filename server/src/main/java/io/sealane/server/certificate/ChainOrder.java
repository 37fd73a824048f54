package io.sealane.server.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// A chain made of a bag of certificates: the leaf, then for each certificate its issuer. RFC 8446
/// section 4.4.2 wants that order, and files have any.
///
/// @param chain leaf first
/// @param unrelated what was in the bag and is not part of it
record ChainOrder(List<X509Certificate> chain, List<X509Certificate> unrelated) {
    /// Authority information access (RFC 5280 section 4.2.2.1), and in it where the issuer's
    /// certificate can be had: object identifier 1.3.6.1.5.5.7.48.2, as it is encoded.
    private static final String AUTHORITY_ACCESS = "1.3.6.1.5.5.7.1.1";

    private static final byte[] CA_ISSUERS = {6, 8, 43, 6, 1, 5, 5, 7, 48, 2};

    /// @param now of several that have issued the same, one that is valid now is taken
    static ChainOrder of(X509Certificate leaf, List<X509Certificate> bag, Instant now) {
        Set<X509Certificate> rest = new LinkedHashSet<>(bag);
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(leaf);
        while (next.isPresent()) {
            X509Certificate issued = next.get();
            chain.add(issued);
            rest.remove(issued);
            next =
                    isSelfIssued(issued)
                            ? Optional.empty()
                            : rest.stream()
                                    .filter(candidate -> hasIssued(candidate, issued))
                                    .max(byUse(now));
        }
        return new ChainOrder(List.copyOf(chain), List.copyOf(rest));
    }

    /// Of several for the same key the one that is most of use is the greatest: valid now, then the
    /// longest.
    static Comparator<X509Certificate> byUse(Instant now) {
        return Comparator.comparing((X509Certificate one) -> isValid(one, now))
                .thenComparing(X509Certificate::getNotAfter);
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        return switch (Expiry.of(certificate, now)) {
            case NOT_BEGUN, OVER -> false;
            case FAR, SOON, VERY_SOON, NOW -> true;
        };
    }

    /// Whether `other`, which is not part of the chain, is an older or newer one of a part of it.
    boolean isAnotherOfPart(X509Certificate other) {
        return chain.stream()
                .anyMatch(part ->
                        part.getSubjectX500Principal().equals(other.getSubjectX500Principal())
                                && part.getPublicKey().equals(other.getPublicKey()));
    }

    /// Whether certificates are missing that clients do not have. It cannot be known for
    /// authorities that are not the world's: there an issuer alone is taken for enough, unless it
    /// tells where its own issuer can be had.
    boolean isIncomplete() {
        X509Certificate last = chain.getLast();
        return !isSelfIssued(last)
                && (chain.size() == 1 || tellsOfItsIssuer(last))
                && !isKnownToTheWorld(last);
    }

    /// Whether clients have the root that issued it.
    static boolean isKnownToTheWorld(X509Certificate certificate) {
        return World.ROOTS.stream().anyMatch(root -> hasIssued(root, certificate));
    }

    static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static boolean hasIssued(X509Certificate issuer, X509Certificate issued) {
        if (!issuer.getSubjectX500Principal().equals(issued.getIssuerX500Principal())) {
            return false;
        }
        try {
            issued.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException namesakeAlone) {
            return false;
        }
    }

    private static boolean tellsOfItsIssuer(X509Certificate certificate) {
        byte[] access = certificate.getExtensionValue(AUTHORITY_ACCESS);
        if (access == null) {
            return false;
        }
        for (int start = 0; start + CA_ISSUERS.length <= access.length; start++) {
            int end = start + CA_ISSUERS.length;
            if (Arrays.equals(access, start, end, CA_ISSUERS, 0, CA_ISSUERS.length)) {
                return true;
            }
        }
        return false;
    }

    /// The roots that the JDK ships, which are about those of browsers and systems. Read when first
    /// asked for.
    private static final class World {
        static final List<X509Certificate> ROOTS = trustedByTheWorld();
    }

    private static List<X509Certificate> trustedByTheWorld() {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager ->
                            Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                    .toList();
        } catch (GeneralSecurityException none) {
            return List.of(); // A JDK without roots: then the chain is called incomplete.
        }
    }
}
