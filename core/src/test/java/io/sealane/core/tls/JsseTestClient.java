package io.sealane.core.tls;

import io.sealane.testkit.TestCertificate;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// The JDK's client. Remembers by host and port, which are the same for each engine here. Offers a
/// TLS 1.3 ticket once.
public final class JsseTestClient implements TlsTestClient {
    private static final String HOST = "localhost";
    private static final int PORT = 21;

    private final SSLContext context;
    private final TlsVersion version;
    private final List<String> applicationProtocols;
    private final List<SNIServerName> names;
    private final List<String> suites;
    private volatile List<Principal> issuersTold = List.of();

    public JsseTestClient(TlsVersion version) {
        this(version, List.of(), List.of());
    }

    /// A client that shows a certificate to every server that asks for one.
    public static JsseTestClient showing(TlsVersion version, TestCertificate certificate) {
        return new JsseTestClient(
                version, List.of(), List.of(), List.of(), Optional.of(certificate));
    }

    /// A client that offers these cipher suites.
    public static JsseTestClient ofSuites(TlsVersion version, List<String> suites) {
        return new JsseTestClient(version, List.of(), List.of(), suites, Optional.empty());
    }

    JsseTestClient(
            TlsVersion version, List<String> applicationProtocols, List<SNIServerName> names) {
        this(version, applicationProtocols, names, List.of(), Optional.empty());
    }

    private JsseTestClient(
            TlsVersion version,
            List<String> applicationProtocols,
            List<SNIServerName> names,
            List<String> suites,
            Optional<TestCertificate> shown) {
        this.version = version;
        this.suites = List.copyOf(suites);
        this.applicationProtocols = List.copyOf(applicationProtocols);
        this.names = List.copyOf(names);
        context =
                trustingAll(
                        shown
                                .map(certificate ->
                                        certificate.keyManager(told -> issuersTold = told))
                                .stream()
                                .toArray(KeyManager[]::new));
    }

    /// A context that trusts any server, shows what `keys` have and knows no session.
    static SSLContext trustingAll(KeyManager... keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {new TrustsAll()}, null);
            return context;
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException(cause);
        }
    }

    /// Authorities that the server named when it last asked for a certificate.
    List<Principal> issuersToldLast() {
        return issuersTold;
    }

    @Override
    public SSLEngine newEngine() {
        SSLEngine engine = context.createSSLEngine(HOST, PORT);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version.protocol()});
        parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
        if (!names.isEmpty()) {
            parameters.setServerNames(names);
        }
        engine.setSSLParameters(parameters);
        if (!suites.isEmpty()) {
            engine.setEnabledCipherSuites(suites.toArray(String[]::new));
        }
        return engine;
    }

    @Override
    public void release(SSLEngine engine) {}

    @Override
    public void close() {}

    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
