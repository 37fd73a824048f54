package io.sealane.server.doctor;

import java.io.IOException;
import java.net.IDN;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// A TLS client that takes any certificate, which is judged by [Trust] afterwards, and keeps the
/// sessions it has made, to resume them. JSSE's own, TLS 1.2 and 1.3. Belongs to one thread.
final class TlsClient {
    private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    private final SSLContext context;
    private final InetSocketAddress server;
    private final Witness witness;
    private final Keyless keyless;
    private final Optional<SNIHostName> serverName;

    private TlsClient(
            SSLContext context,
            InetSocketAddress server,
            Witness witness,
            Keyless keyless,
            Optional<SNIHostName> serverName) {
        this.context = context;
        this.server = server;
        this.witness = witness;
        this.keyless = keyless;
        this.serverName = serverName;
    }

    /// A client that knows no session yet.
    ///
    /// @param server the control connection's other end, by which sessions are kept
    static TlsClient fresh(Target target, InetSocketAddress server) {
        try {
            Witness witness = new Witness();
            Keyless keyless = new Keyless();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keyless}, new TrustManager[] {witness}, null);
            return new TlsClient(context, server, witness, keyless, name(target));
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("the JDK has no TLS", defect);
        }
    }

    /// SNI is for names alone (RFC 6066 section 3).
    static Optional<SNIHostName> name(Target target) {
        if (target.isLiteral()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SNIHostName(IDN.toASCII(target.host())));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // A name that resolves, but cannot stand there: an underscore.
        }
    }

    /// Shakes hands, resuming a session of this client if it has one.
    ///
    /// @param protocols for ALPN; empty offers none
    /// @throws javax.net.ssl.SSLException if the server refuses, or cannot do it
    TlsLink handshake(Wire wire, List<String> protocols, Deadline deadline) throws IOException {
        SSLEngine engine = context.createSSLEngine(server.getHostString(), server.getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(VERSIONS.toArray(String[]::new));
        serverName.ifPresent(name -> parameters.setServerNames(List.of(name)));
        if (!protocols.isEmpty()) {
            parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        }
        engine.setSSLParameters(parameters);
        witness.forget();
        return TlsLink.shakeHands(wire, engine, deadline);
    }

    /// What the server showed in the last handshake; empty if that one resumed a session.
    Optional<List<X509Certificate>> chain() {
        return witness.chain();
    }

    /// Whether the server has asked for a certificate in any handshake.
    boolean wasAskedForCertificate() {
        return keyless.asked;
    }

    private static final class Witness extends X509ExtendedTrustManager {
        private Optional<List<X509Certificate>> chain = Optional.empty();

        void forget() {
            chain = Optional.empty();
        }

        Optional<List<X509Certificate>> chain() {
            return chain;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine) {
            chain = Optional.of(List.of(shown));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket) {
            throw new UnsupportedOperationException("engines alone are used");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type) {
            throw new UnsupportedOperationException("engines alone are used");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine) {
            throw new UnsupportedOperationException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket) {
            throw new UnsupportedOperationException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type) {
            throw new UnsupportedOperationException("this is a client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /// Has no key, and remembers that it was asked for one.
    private static final class Keyless extends X509ExtendedKeyManager {
        private boolean asked;

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
            asked = true;
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            asked = true;
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }
}
