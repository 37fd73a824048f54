package io.sealane.tls.boringssl;

import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.internal.tcnative.CertificateVerifier;
import io.sealane.core.tls.ClientCertificateException;
import io.sealane.core.tls.ClientCheck;
import io.sealane.core.tls.ClientVerifier;
import java.security.cert.CertificateException;

/// Says no in BoringSSL's words.
final class BoringSslClientVerifier extends ClientVerifier {
    BoringSslClientVerifier(ClientCheck clients) {
        super(clients);
    }

    @Override
    protected CertificateException refusal(ClientCertificateException refused) {
        return new OpenSslCertificateException(refused, verdict(refused.reason()));
    }

    /// The alert that follows from it (RFC 8446 section 6.2) is behind each.
    private static int verdict(ClientCertificateException.Reason reason) {
        return switch (reason) {
            case EXPIRED -> CertificateVerifier.X509_V_ERR_CERT_HAS_EXPIRED; // certificate_expired
            case REVOKED -> CertificateVerifier.X509_V_ERR_CERT_REVOKED; // certificate_revoked
            case UNTRUSTED -> // unknown_ca
                    CertificateVerifier.X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
            case WRONG_USE -> // unsupported_certificate
                    CertificateVerifier.X509_V_ERR_INVALID_PURPOSE;
            case MISSING, NOT_YET_VALID, CRL_MISSING, CRL_EXPIRED, CHAIN_TOO_LONG, BROKEN ->
                    // certificate_unknown, as for whatever BoringSSL has no alert of its own
                    CertificateVerifier.X509_V_ERR_CRL_PATH_VALIDATION_ERROR;
        };
    }
}
