package io.sealane.server.doctor;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// The roots that are trusted: the JDK's and the user's. Immutable.
final class Trust {
    /// Certificates of a chain that a way to a root is looked for in. Every order of those that
    /// name one another as issuer is a way to be tried, as in `ClientTrust`.
    private static final int CHAIN_MAX = 6;

    private final Set<X509Certificate> roots;

    private Trust(Set<X509Certificate> roots) {
        this.roots = Set.copyOf(roots);
    }

    /// What a chain leads to.
    enum Verdict {
        TRUSTED,
        /// The server's certificate signs itself and nobody has named it.
        SELF_SIGNED,
        /// The issuer of the last certificate is neither sent nor known.
        INCOMPLETE,
        UNTRUSTED
    }

    static Trust of(List<X509Certificate> own) {
        Set<X509Certificate> roots = new HashSet<>(own);
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    roots.addAll(Arrays.asList(x509.getAcceptedIssuers()));
                }
            }
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("the JDK has no roots", defect);
        }
        return new Trust(roots);
    }

    /// Judges without regard to names and to whether the server's own certificate has expired.
    ///
    /// @param chain as the server sent it, one certificate at least; what stands behind the first
    ///   [#CHAIN_MAX] leads nowhere
    Verdict judge(List<X509Certificate> chain, Instant now) {
        X509Certificate own = chain.getFirst();
        if (roots.contains(own) || leadsToRoot(own, chain, now)) {
            return Verdict.TRUSTED;
        }
        if (isSelfSigned(own)) {
            return Verdict.SELF_SIGNED;
        }
        return chain.stream().noneMatch(Trust::isSelfSigned) && !isKnownIssuer(chain.getLast())
                ? Verdict.INCOMPLETE
                : Verdict.UNTRUSTED;
    }

    private boolean isKnownIssuer(X509Certificate last) {
        return roots.stream()
                .anyMatch(root ->
                        root.getSubjectX500Principal().equals(last.getIssuerX500Principal()));
    }

    private boolean leadsToRoot(X509Certificate own, List<X509Certificate> chain, Instant now) {
        Set<TrustAnchor> anchors = new HashSet<>();
        roots.forEach(root -> anchors.add(new TrustAnchor(root, null)));
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(own);
        List<X509Certificate> looked = chain.subList(0, Math.min(chain.size(), CHAIN_MAX));
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(looked)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(within(own, now)));
            return CertPathBuilder.getInstance("PKIX").build(parameters).getCertPath() != null;
        } catch (GeneralSecurityException _) {
            return false; // No way to a root: that is the answer.
        }
    }

    /// The moment nearest to now at which the certificate is valid.
    private static Instant within(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            return from;
        }
        return now.isAfter(to) ? to : now;
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return isSignedBy(certificate, certificate);
    }

    static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        PublicKey key = issuer.getPublicKey();
        try {
            certificate.verify(key);
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
