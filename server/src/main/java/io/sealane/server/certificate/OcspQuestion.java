package io.sealane.server.certificate;

import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/// The question to an authority whether one certificate is revoked, and what its answer is worth.
/// RFC 6960. Does no I/O.
final class OcspQuestion {
    /// An answer that says "good", from whom it must be.
    ///
    /// @param since when that was so
    /// @param until when it may no longer be shown
    record Good(Instant since, Instant until) {}

    /// How far the authority's clock may be ahead.
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /// What an answer without an end is good for.
    private static final Duration VALID_WITHOUT_END = Duration.ofDays(1);

    /// TLS features (RFC 7633), and `status_request` among them.
    private static final ASN1ObjectIdentifier TLS_FEATURE =
            new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24");

    private static final ASN1Integer STATUS_REQUEST = new ASN1Integer(5);

    private final X509CertificateHolder leaf;
    private final X509CertificateHolder issuer;
    private final URI responder; // asked by HTTP
    private final DigestCalculatorProvider digests;

    private OcspQuestion(
            X509CertificateHolder leaf,
            X509CertificateHolder issuer,
            URI responder,
            DigestCalculatorProvider digests) {
        this.leaf = leaf;
        this.issuer = issuer;
        this.responder = responder;
        this.digests = digests;
    }

    /// The question about a certificate; empty if it names no responder (RFC 5280 section 4.2.2.1).
    static Optional<OcspQuestion> about(X509Certificate leaf, X509Certificate issuer) {
        Optional<URI> responder = responderOf(leaf);
        if (responder.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new OcspQuestion(
                            new JcaX509CertificateHolder(leaf),
                            new JcaX509CertificateHolder(issuer),
                            responder.get(),
                            new JcaDigestCalculatorProviderBuilder().build()));
        } catch (CertificateException | OperatorCreationException impossible) {
            throw new IllegalStateException("certificates that were read encode", impossible);
        }
    }

    /// Whether there is somebody to ask about the leaf of a chain.
    static boolean isPossible(List<X509Certificate> chain) {
        return chain.size() > 1 && responderOf(chain.getFirst()).isPresent();
    }

    /// Whether clients refuse this certificate if it comes without a staple ("must-staple").
    static boolean mustStaple(X509Certificate certificate) {
        Optional<ASN1Encodable> features = extension(certificate, TLS_FEATURE);
        return features.isPresent()
                && Arrays.asList(ASN1Sequence.getInstance(features.get()).toArray())
                        .contains(STATUS_REQUEST);
    }

    URI responder() {
        return responder;
    }

    /// The question in DER, to be sent as `application/ocsp-request`.
    byte[] encoded() {
        try {
            return new OCSPReqBuilder()
                    .addRequest(
                            new CertificateID(
                                    digests.get(CertificateID.HASH_SHA1),
                                    issuer,
                                    leaf.getSerialNumber()))
                    .build()
                    .getEncoded();
        } catch (OCSPException | OperatorCreationException | IOException impossible) {
            throw new IllegalStateException("the JDK has SHA-1", impossible);
        }
    }

    /// Checks an answer: signed by the issuer or by whom it made its responder, about this
    /// certificate, of now, and good.
    ///
    /// @throws OcspFault saying what it is not
    Good check(byte[] answer, Instant now) throws OcspFault {
        try {
            OCSPResp response = new OCSPResp(answer);
            if (response.getStatus() != OCSPResp.SUCCESSFUL) {
                throw new OcspFault("the responder refuses: status " + response.getStatus());
            }
            if (!(response.getResponseObject() instanceof BasicOCSPResp basic)) {
                throw new OcspFault("the answer is of an unknown type");
            }
            if (!isSigned(basic, now)) {
                throw new OcspFault("the answer is not signed by the issuer or its responder");
            }
            return good(basic, now);
        } catch (IOException
                | OCSPException
                | CertException
                | OperatorCreationException
                | CertificateException
                | IllegalArgumentException
                | ClassCastException broken) {
            throw new OcspFault("the answer is broken: " + broken.getMessage(), broken);
        }
    }

    private Good good(BasicOCSPResp basic, Instant now) throws OcspFault, OCSPException {
        for (SingleResp single : basic.getResponses()) {
            CertificateID about = single.getCertID();
            if (!about.getSerialNumber().equals(leaf.getSerialNumber())
                    || !about.matchesIssuer(issuer, digests)) {
                continue;
            }
            if (single.getCertStatus() instanceof RevokedStatus revoked) {
                throw new OcspFault("revoked since " + revoked.getRevocationTime().toInstant());
            }
            if (single.getCertStatus() instanceof UnknownStatus) {
                throw new OcspFault("the responder does not know the certificate");
            }
            Instant since = single.getThisUpdate().toInstant();
            Instant until =
                    Optional.ofNullable(single.getNextUpdate())
                            .map(Date::toInstant)
                            .orElse(since.plus(VALID_WITHOUT_END));
            if (since.isAfter(now.plus(CLOCK_SKEW)) || !until.isAfter(now)) {
                throw new OcspFault("the answer is for " + since + " to " + until);
            }
            return new Good(since, until);
        }
        throw new OcspFault("the answer is about another certificate");
    }

    /// RFC 6960 section 4.2.2.2.
    private boolean isSigned(BasicOCSPResp basic, Instant now)
            throws OCSPException, CertException, OperatorCreationException, CertificateException {
        if (basic.isSignatureValid(verifier(issuer))) {
            return true;
        }
        for (X509CertificateHolder signer : basic.getCerts()) {
            if (signer.getIssuer().equals(issuer.getSubject())
                    && signer.isValidOn(Date.from(now))
                    && isResponder(signer)
                    && signer.isSignatureValid(verifier(issuer))
                    && basic.isSignatureValid(verifier(signer))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isResponder(X509CertificateHolder certificate) {
        Extensions extensions = certificate.getExtensions();
        ExtendedKeyUsage usage =
                extensions == null ? null : ExtendedKeyUsage.fromExtensions(extensions);
        return usage != null && usage.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning);
    }

    private static ContentVerifierProvider verifier(X509CertificateHolder signer)
            throws OperatorCreationException, CertificateException {
        return new JcaContentVerifierProviderBuilder().build(signer);
    }

    private static Optional<URI> responderOf(X509Certificate certificate) {
        return extension(certificate, Extension.authorityInfoAccess)
                .map(AuthorityInformationAccess::getInstance)
                .flatMap(access ->
                        Arrays.stream(access.getAccessDescriptions())
                                .filter(one ->
                                        one.getAccessMethod().equals(AccessDescription.id_ad_ocsp))
                                .map(AccessDescription::getAccessLocation)
                                .filter(place ->
                                        place.getTagNo() == GeneralName.uniformResourceIdentifier)
                                .map(place -> place.getName().toString())
                                .filter(text -> text.startsWith("http"))
                                .flatMap(text -> uri(text).stream())
                                .findFirst());
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static Optional<ASN1Encodable> extension(
            X509Certificate certificate, ASN1ObjectIdentifier which) {
        try {
            return Optional.ofNullable(
                            new JcaX509CertificateHolder(certificate).getExtension(which))
                    .map(Extension::getParsedValue);
        } catch (CertificateException impossible) {
            throw new IllegalStateException("a certificate that was read encodes", impossible);
        }
    }
}
