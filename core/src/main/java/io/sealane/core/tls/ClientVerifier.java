package io.sealane.core.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Asks a [ClientCheck]. Given also where nobody is asked for a certificate: a provider that is
/// given no trust manager loads the JDK's root store for each session.
public class ClientVerifier extends X509ExtendedTrustManager {
    private final ClientCheck clients;

    public ClientVerifier(ClientCheck clients) {
        this.clients = clients;
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            clients.check(chain);
        } catch (ClientCertificateException refused) {
            throw refusal(refused);
        }
    }

    /// A refusal in the words of the engine, which makes its alert of them.
    protected CertificateException refusal(ClientCertificateException refused) {
        return refused;
    }

    @Override
    public final X509Certificate[] getAcceptedIssuers() {
        return clients.acceptedIssuers();
    }

    // Sockets and servers: Sealane uses neither.

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw notTrusted();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw notTrusted();
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw notTrusted();
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw notTrusted();
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw notTrusted();
    }

    private static CertificateException notTrusted() {
        return new CertificateException("none but clients of an engine are trusted");
    }
}
