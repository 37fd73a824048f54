package io.sealane.tls.boringssl;

import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.internal.tcnative.CertificateVerifier;
import io.sealane.core.tls.ClientCertificateException;
import io.sealane.core.tls.ClientCheck;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Asks a [ClientCheck], and says no in BoringSSL's words, from which it makes the alert. Given
/// also where nobody is asked for a certificate: a provider that is given no trust manager loads
/// the JDK's root store for each session.
final class ClientVerifier extends X509ExtendedTrustManager {
    private final ClientCheck clients;

    ClientVerifier(ClientCheck clients) {
        this.clients = clients;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            clients.check(chain);
        } catch (ClientCertificateException refused) {
            throw new OpenSslCertificateException(refused, verdict(refused.reason()));
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return clients.acceptedIssuers();
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
            case MISSING, NOT_YET_VALID, CRL_MISSING, CRL_EXPIRED, BROKEN -> // certificate_unknown
                    CertificateVerifier.X509_V_ERR_APPLICATION_VERIFICATION;
        };
    }

    // Sockets and servers: Sealane uses neither.

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw notTrusted();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw notTrusted();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw notTrusted();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw notTrusted();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw notTrusted();
    }

    private static CertificateException notTrusted() {
        return new CertificateException("none but clients of an engine are trusted");
    }
}
