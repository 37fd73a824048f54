package io.sealane.core.tls;

import io.sealane.core.tls.ClientCertificateException.Reason;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Who may vouch for clients, and what they took back: the operator's files as they were at one
/// moment. Immutable, and safe from any thread.
///
/// A chain is good if a path (RFC 5280 section 6) leads from its first certificate to one of the
/// anchors, at this moment, and TLS clients may use that certificate: no extended key usage, or one
/// with `clientAuth`; no key usage, or one with `digitalSignature`. With revocation lists, each
/// certificate on the path has to be covered by a valid list of its issuer, and not to be on it:
/// see [RevocationLists].
///
/// Security: nothing is fetched from anywhere, and the JDK's own roots do not count.
public final class ClientTrust {
    /// Most anchors: their names are sent in each handshake, and each session loads them.
    public static final int ANCHORS_MAX = 64;

    /// Most certificates that a client may show beside its own. Real ones show one or two. Every
    /// order of those that name one another as issuer is a path to be tried, before any signature
    /// is: twenty of them keep a processor busy for a minute.
    static final int ISSUERS_MAX = 5;

    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USE = "2.5.29.37.0";

    /// Of the booleans of a key usage (RFC 5280 section 4.2.1.3).
    private static final int DIGITAL_SIGNATURE = 0;

    private final List<X509Certificate> anchors;
    private final RevocationLists revoked;
    private final InstantSource clock;

    /// @param anchors 1 to [#ANCHORS_MAX]
    /// @param revoked revocation lists; empty: revocation is not looked at
    public ClientTrust(
            Collection<X509Certificate> anchors, Collection<X509CRL> revoked, InstantSource clock) {
        if (anchors.isEmpty() || anchors.size() > ANCHORS_MAX) {
            throw new IllegalArgumentException(anchors.size() + " anchors");
        }
        this.anchors = List.copyOf(anchors);
        this.revoked = new RevocationLists(revoked);
        this.clock = clock;
    }

    /// The authorities whose names clients are told.
    public List<X509Certificate> anchors() {
        return anchors;
    }

    /// What the authorities took back; empty if revocation is not looked at.
    public List<X509CRL> revocationLists() {
        return revoked.all();
    }

    /// Those of them that should have been renewed, and are not replaced by another one: whom they
    /// cover is refused.
    public List<X509CRL> overdueLists() {
        return revoked.overdue(clock.instant());
    }

    /// Checks what a client showed, its own certificate first. Computes, and does no I/O.
    void check(List<X509Certificate> chain) throws ClientCertificateException {
        X509Certificate leaf = chain.getFirst();
        Instant now = clock.instant();
        checkTime(leaf, now);
        checkUse(leaf);
        if (chain.size() - 1 > ISSUERS_MAX) {
            throw new ClientCertificateException(Reason.CHAIN_TOO_LONG, leaf);
        }
        try {
            PKIXCertPathBuilderResult found = findPath(chain, now);
            if (!revoked.all().isEmpty()) {
                revoked.check(found, leaf, now);
            }
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException defect) {
            throw new IllegalStateException("the JDK has no PKIX", defect);
        }
    }

    private static void checkTime(X509Certificate leaf, Instant now)
            throws ClientCertificateException {
        if (now.isAfter(leaf.getNotAfter().toInstant())) {
            throw new ClientCertificateException(Reason.EXPIRED, leaf);
        }
        if (now.isBefore(leaf.getNotBefore().toInstant())) {
            throw new ClientCertificateException(Reason.NOT_YET_VALID, leaf);
        }
    }

    private static void checkUse(X509Certificate leaf) throws ClientCertificateException {
        try {
            boolean[] uses = leaf.getKeyUsage();
            List<String> extended = leaf.getExtendedKeyUsage();
            boolean signs = uses == null || uses[DIGITAL_SIGNATURE];
            boolean forClients =
                    extended == null
                            || extended.contains(CLIENT_AUTH)
                            || extended.contains(ANY_USE);
            if (!signs || !forClients) {
                throw new ClientCertificateException(Reason.WRONG_USE, leaf);
            }
        } catch (CertificateParsingException broken) {
            throw new ClientCertificateException(Reason.BROKEN, leaf, broken);
        }
    }

    private PKIXCertPathBuilderResult findPath(List<X509Certificate> chain, Instant now)
            throws NoSuchAlgorithmException,
                    InvalidAlgorithmParameterException,
                    ClientCertificateException {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(chain.getFirst());
        Set<TrustAnchor> trusted =
                anchors.stream()
                        .map(anchor -> new TrustAnchor(anchor, null))
                        .collect(Collectors.toUnmodifiableSet());
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, target);
        parameters.setDate(Date.from(now));
        parameters.setRevocationEnabled(false); // Looked up on the path that is found.
        parameters.setMaxPathLength(ISSUERS_MAX);
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
        try {
            return (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (CertPathBuilderException none) {
            throw new ClientCertificateException(Reason.UNTRUSTED, chain.getFirst(), none);
        }
    }
}
