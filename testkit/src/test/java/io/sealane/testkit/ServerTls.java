package io.sealane.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// The server side of TLS for the kit's own tests: JSSE with a certificate made by keytool.
final class ServerTls {
    private static final String PASSWORD = "throwaway";

    private final SSLContext context;

    private ServerTls(SSLContext context) {
        this.context = context;
    }

    static ServerTls create(Path folder) throws Exception {
        Path store = folder.resolve("server.p12");
        ExternalClient.at(Path.of(System.getProperty("java.home"), "bin", "keytool"))
                .in(folder)
                .within(Duration.ofSeconds(60))
                .run(
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD,
                        "-keypass",
                        PASSWORD)
                .expectSuccess();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            keys.load(stream, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
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
