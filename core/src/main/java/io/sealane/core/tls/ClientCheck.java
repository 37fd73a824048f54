package io.sealane.core.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// What one control connection and its data connections do about the client's certificate; for
/// providers. Safe from any thread.
///
/// The control connection's client is asked as the listener wants, and what it shows is checked. On
/// a data connection that makes a full handshake the client is asked if it showed a certificate on
/// the control connection, and what it shows is taken as it is: whoever uses the connection
/// compares it, and refuses in words of its own. One that resumes is asked for nothing.
public final class ClientCheck {
    private final ClientCertificates certificates;
    private volatile Optional<ClientIdentity> client = Optional.empty();
    private volatile boolean controlDone;

    public ClientCheck(ClientCertificates certificates) {
        this.certificates = certificates;
    }

    /// Authorities whose names go with the request for a certificate.
    public X509Certificate[] acceptedIssuers() {
        return switch (certificates) {
            case ClientCertificates.NotAskedFor() -> new X509Certificate[0];
            case ClientCertificates.AskedFor asked ->
                    asked.trust().anchors().toArray(X509Certificate[]::new);
        };
    }

    /// Has the engine of the control connection ask for what the listener wants.
    public void askOnControl(SSLEngine engine) {
        switch (certificates) {
            case ClientCertificates.NotAskedFor() -> {}
            case ClientCertificates.AskedFor asked -> {
                switch (asked.presence()) {
                    case OPTIONAL -> engine.setWantClientAuth(true);
                    case REQUIRED -> engine.setNeedClientAuth(true);
                }
            }
        }
    }

    /// Has the engine of a data connection ask where the control connection's client showed one.
    /// Who shows none there does not fail the handshake, but afterwards.
    public void askOnData(SSLEngine engine) {
        if (client.isPresent()) {
            engine.setWantClientAuth(true);
        }
    }

    /// Checks what a client showed, within the handshake. Computes, and does no I/O.
    public void check(X509Certificate[] chain) throws ClientCertificateException {
        if (controlDone) {
            return;
        }
        switch (certificates) {
            case ClientCertificates.NotAskedFor() ->
                    throw new IllegalStateException("nobody asked for a certificate");
            case ClientCertificates.AskedFor asked -> asked.trust().check(List.of(chain));
        }
    }

    /// Whom the finished handshake of `session` showed.
    public Optional<ClientIdentity> identify(SSLSession session) {
        return switch (certificates) {
            case ClientCertificates.NotAskedFor() -> Optional.empty();
            case ClientCertificates.AskedFor asked ->
                    leafOf(session).map(leaf -> ClientIdentity.of(leaf, asked.login()));
        };
    }

    /// Notes that the control handshake is over.
    ///
    /// @param shown whom it showed
    public void controlDone(Optional<ClientIdentity> shown) {
        client = shown;
        controlDone = true;
    }

    /// As [SessionTls#client].
    public Optional<ClientIdentity> client() {
        return client;
    }

    private static Optional<X509Certificate> leafOf(SSLSession session) {
        try {
            return Optional.of((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }
}
