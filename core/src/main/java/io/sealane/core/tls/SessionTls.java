package io.sealane.core.tls;

import io.sealane.core.wire.ClientHello;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// The TLS of one control connection and of its data connections. Sessions established by the
/// control engine (TLS 1.2 session ids and tickets, TLS 1.3 tickets) resume on data engines of the
/// same `SessionTls` any number of times for as long as it is open, and on no other's.
///
/// Safe from any thread. Engines are given back with [#release]; [#close] may come before the last
/// engine is released.
public interface SessionTls extends AutoCloseable {
    /// An engine in server mode for the control connection. Its handshake gives the client the
    /// means to resume: at least one session id or ticket.
    ///
    /// @throws TlsException if this object was closed
    SSLEngine newControlEngine() throws TlsException;

    /// An engine in server mode for one data connection. In TLS 1.3 it sends nothing behind its
    /// Finished but application data and close_notify, unless [#controlLeft] was called: a client
    /// that only uploads never reads, and unread bytes at its close would become a reset that costs
    /// the upload's tail.
    ///
    /// Only after the control handshake is over.
    ///
    /// @throws TlsException if this object was closed, as it is when the control connection ends
    ///   while a data connection arrives
    SSLEngine newDataEngine() throws TlsException;

    /// Notes that the control connection has left TLS, and gives no more tickets. From here on a
    /// TLS 1.3 data connection that resumed gives one, right behind the server's Finished: nothing
    /// else can, and many clients use a ticket once.
    void controlLeft();

    /// An engine in client mode for a data connection to another server, with a full handshake and
    /// [AnyServer] for a judge. It says nothing of this session's own secrets.
    ///
    /// @throws TlsException if this object was closed
    SSLEngine newClientEngine() throws TlsException;

    /// Sees to it that the client has an unused TLS 1.3 ticket for one more data connection: many
    /// clients use a ticket once and keep the newest only. Where it takes another one, the control
    /// engine gives it with what it sends next, ahead of it or right behind it. Without effect in
    /// TLS 1.2, where what the handshake gave works as often as wanted.
    void offerTicket(SSLEngine controlEngine);

    /// Who the control connection's client proved to be by a certificate; empty as long as its
    /// handshake is not over, or if it showed none.
    Optional<ClientIdentity> client();

    /// What the finished handshake of one of this object's engines negotiated.
    Handshake describe(SSLEngine engine);

    /// Whether a client that says `hello` offers a session that this object's control engine
    /// established. Where the library tells nothing of its sessions, never.
    default boolean knows(ClientHello hello) {
        return false;
    }

    /// What is spoken inside.
    default ApplicationProtocols applicationProtocols() {
        return ApplicationProtocols.FTP;
    }

    /// What its engines take.
    TlsAcceptance accepts();

    /// Name of the fatal alert by which the peer ended a handshake, as in RFC 8446 section 6:
    /// `unknown_ca`. Empty if `failure`, which an engine threw, was none.
    Optional<String> peerAlert(SSLException failure);

    /// Frees what the engine holds; the engine is not used again.
    void release(SSLEngine engine);

    @Override
    void close();
}
