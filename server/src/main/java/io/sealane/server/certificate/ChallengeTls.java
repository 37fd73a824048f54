package io.sealane.server.certificate;

import io.sealane.core.tls.ApplicationProtocols;
import io.sealane.core.tls.ClientIdentity;
import io.sealane.core.tls.Handshake;
import io.sealane.core.tls.JsseProvider;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsAcceptance;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsSettings;
import io.sealane.core.tls.TlsVersion;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// The TLS of one connection by which an authority checks a tls-alpn-01 challenge: it is shown the
/// challenge's certificate, and told that its protocol is spoken. Nothing comes behind that. RFC
/// 8737 section 3.
final class ChallengeTls implements SessionTls {
    static final String PROTOCOL = "acme-tls/1";

    private final SessionTls session;

    private ChallengeTls(SessionTls session) {
        this.session = session;
    }

    static ChallengeTls of(TlsIdentity challenge) throws TlsException {
        return new ChallengeTls(
                new JsseProvider().newSession(new TlsSettings(challenge, TlsVersion.modern())));
    }

    @Override
    public SSLEngine newControlEngine() throws TlsException {
        SSLEngine engine = session.newControlEngine();
        engine.setHandshakeApplicationProtocolSelector(
                (asking, offered) -> offered.contains(PROTOCOL) ? PROTOCOL : null);
        return engine;
    }

    @Override
    public SSLEngine newDataEngine() throws TlsException {
        throw new TlsException("an authority transfers no files");
    }

    @Override
    public SSLEngine newClientEngine() throws TlsException {
        throw new TlsException("an authority transfers no files");
    }

    @Override
    public void controlLeft() {
        // It never does.
    }

    @Override
    public Optional<ClientIdentity> client() {
        return session.client();
    }

    @Override
    public void offerTicket(SSLEngine controlEngine) {
        // Nobody comes back.
    }

    @Override
    public Handshake describe(SSLEngine engine) {
        return session.describe(engine);
    }

    @Override
    public ApplicationProtocols applicationProtocols() {
        return new ApplicationProtocols(PROTOCOL, PROTOCOL);
    }

    @Override
    public TlsAcceptance accepts() {
        return session.accepts();
    }

    @Override
    public Optional<String> peerAlert(SSLException failure) {
        return session.peerAlert(failure);
    }

    @Override
    public void release(SSLEngine engine) {
        session.release(engine);
    }

    @Override
    public void close() {
        session.close();
    }
}
