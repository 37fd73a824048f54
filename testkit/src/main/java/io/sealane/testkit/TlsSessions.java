package io.sealane.testkit;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// A TLS client context that trusts anything, with the cache of the sessions it has made.
///
/// JSSE finds a session to resume by the host and port it was made for, so an engine that shall
/// resume is given the address of the control connection, wherever it really connects to. In TLS
/// 1.3 JSSE uses each ticket once: a server that sends N tickets is resumed N times. Safe for use
/// by any thread.
public final class TlsSessions {
    private final SSLContext context;
    private final TlsChoice choice;
    private final WitnessTrust trust;

    private TlsSessions(SSLContext context, TlsChoice choice, WitnessTrust trust) {
        this.context = context;
        this.choice = choice;
        this.trust = trust;
    }

    /// Makes a context that knows no session.
    public static TlsSessions fresh(TlsChoice choice) {
        try {
            WitnessTrust trust = new WitnessTrust();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    choice.keyManagers().toArray(KeyManager[]::new),
                    new TrustManager[] {trust},
                    null);
            return new TlsSessions(context, choice, trust);
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("the JDK has no usable TLS", defect);
        }
    }

    public TlsChoice choice() {
        return choice;
    }

    /// Makes a client engine; `host` and `port` are the key of the session cache, no more.
    SSLEngine engine(String host, int port, TlsChoice offered) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        offered.applyTo(engine);
        return engine;
    }

    Resumption resumptionOf(SSLEngine engine) {
        return trust.sawCertificateOn(engine) ? Resumption.FULL_HANDSHAKE : Resumption.RESUMED;
    }

    /// Trusts any chain and remembers on which engines one was shown.
    private static final class WitnessTrust extends X509ExtendedTrustManager {
        private final Set<SSLEngine> shown =
                Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

        boolean sawCertificateOn(SSLEngine engine) {
            return shown.contains(engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            shown.add(engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
