package io.sealane.testkit;

import java.io.IOException;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// The server side of TLS for the kit's own tests: JSSE with [TestCertificate#ec()].
final class ServerTls {
    private static final char[] PASSWORD = "throwaway".toCharArray();

    private final SSLContext context;

    private ServerTls(SSLContext context) {
        this.context = context;
    }

    static ServerTls create() throws Exception {
        TestCertificate certificate = TestCertificate.ec();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, PASSWORD);
        keys.setKeyEntry(
                "server",
                certificate.key(),
                PASSWORD,
                certificate.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return new ServerTls(context);
    }

    /// Shakes hands; closing the result closes `plain` too.
    SSLSocket accept(Socket plain, String... applicationProtocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
        socket.setUseClientMode(false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(applicationProtocols);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /// Shakes hands with an engine, for a server that is to see how the client ends.
    ProbeTls acceptObserved(Socket plain) throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        TlsSessions unused = TlsSessions.fresh(TlsChoice.DEFAULTS);
        return ProbeTls.handshake(
                TcpWire.adopt(plain), engine, unused, Deadline.in(Duration.ofSeconds(10)));
    }
}
