package io.sealane.server.certificate;

import com.sun.net.httpserver.HttpServer;
import io.sealane.core.tls.TlsIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaRespID;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/// An OCSP responder on loopback, and answers of every kind.
final class TestResponder {
    private TestResponder() {}

    /// Has a certificate name its responder.
    static TestAuthority.Touch named(String responder) {
        return builder ->
                builder.addExtension(
                        Extension.authorityInfoAccess,
                        false,
                        new AuthorityInformationAccess(
                                AccessDescription.id_ad_ocsp,
                                new GeneralName(GeneralName.uniformResourceIdentifier, responder)));
    }

    static TestAuthority.Touch mustStaple() {
        return builder ->
                builder.addExtension(
                        new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24"),
                        false,
                        new DERSequence(new ASN1Integer(5)));
    }

    /// Answers each request with what `answer` gives, or with 503.
    static HttpServer start(Supplier<Optional<byte[]>> answer) throws IOException {
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        http.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    byte[] body = answer.get().orElse(new byte[0]);
                    exchange.sendResponseHeaders(
                            body.length == 0 ? 503 : 200, body.length == 0 ? -1 : body.length);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(body);
                    }
                });
        http.start();
        return http;
    }

    static byte[] tryLater() throws OCSPException, IOException {
        return new OCSPRespBuilder().build(OCSPRespBuilder.TRY_LATER, null).getEncoded();
    }

    /// What an answer says.
    record Answer(Optional<CertificateStatus> bad, Instant since, Optional<Instant> until) {
        static Answer good(Instant since, Instant until) {
            return new Answer(Optional.empty(), since, Optional.of(until));
        }

        Answer revoked() {
            return new Answer(
                    Optional.of(new RevokedStatus(Date.from(since), CRLReason.keyCompromise)),
                    since,
                    until);
        }

        Answer withoutEnd() {
            return new Answer(bad, since, Optional.empty());
        }

        /// Signed by the authority itself.
        byte[] by(TestAuthority signer, TlsIdentity about) {
            return signed(signer.certificate(), signer.key(), about, new X509CertificateHolder[0]);
        }

        /// Signed by a responder whom `authority` names.
        byte[] byDelegate(TestAuthority authority, TlsIdentity about) {
            TlsIdentity delegate =
                    authority.issue(
                            KeyKind.EC_P256,
                            TestAuthority.YEAR,
                            builder ->
                                    builder.addExtension(
                                            Extension.extendedKeyUsage,
                                            false,
                                            new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning)),
                            "responder");
            return signed(
                    delegate.leaf(),
                    delegate.key(),
                    about,
                    new X509CertificateHolder[] {holder(delegate.leaf())});
        }

        private byte[] signed(
                X509Certificate signer,
                PrivateKey key,
                TlsIdentity about,
                X509CertificateHolder[] chain) {
            try {
                DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
                BasicOCSPRespBuilder builder =
                        new BasicOCSPRespBuilder(
                                new JcaRespID(
                                        signer.getPublicKey(),
                                        digests.get(CertificateID.HASH_SHA1)));
                builder.addResponse(
                        new CertificateID(
                                digests.get(CertificateID.HASH_SHA1),
                                holder(about.chain().get(1)),
                                about.leaf().getSerialNumber()),
                        bad.orElse(CertificateStatus.GOOD),
                        Date.from(since),
                        until.map(Date::from).orElse(null));
                return new OCSPRespBuilder()
                        .build(
                                OCSPRespBuilder.SUCCESSFUL,
                                builder.build(
                                        new JcaContentSignerBuilder("SHA256withECDSA").build(key),
                                        chain,
                                        Date.from(since)))
                        .getEncoded();
            } catch (OCSPException | OperatorCreationException | IOException failed) {
                throw new IllegalStateException(failed);
            }
        }

        private static X509CertificateHolder holder(X509Certificate certificate) {
            try {
                return new JcaX509CertificateHolder(certificate);
            } catch (GeneralSecurityException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }
}
