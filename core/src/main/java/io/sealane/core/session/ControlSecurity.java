package io.sealane.core.session;

import io.sealane.core.data.DataSecurity;
import io.sealane.core.event.Event;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.ClientCertificateException;
import io.sealane.core.tls.ClientHelloReader;
import io.sealane.core.tls.ClientIdentity;
import io.sealane.core.tls.FatalAlert;
import io.sealane.core.tls.Handshake;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsTransport;
import io.sealane.core.tls.Transport;
import io.sealane.core.wire.ClientHello;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The TLS of one control connection, from which its data connections take theirs. Owned by the
/// session; all is called on its thread, but [#sessionTls] also on those of its transfers.
final class ControlSecurity implements DataSecurity {
    /// The handshake came to nothing, and the control connection with it.
    static final class HandshakeException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String code;

        private HandshakeException(String code, IOException cause) {
            super(cause.getMessage(), cause);
            this.code = code;
        }

        /// Reason code for the log.
        String code() {
            return code;
        }
    }

    private static final int WASTE_OCTETS = 512;

    private final ControlSession.Setup setup;
    private final ControlChannel channel;
    private volatile @Nullable SessionTls sessionTls;
    private Optional<String> serverName = Optional.empty();

    ControlSecurity(ControlSession.Setup setup, ControlChannel channel) {
        this.setup = setup;
        this.channel = channel;
    }

    @Override
    public Optional<SessionTls> sessionTls() {
        return Optional.ofNullable(sessionTls);
    }

    @Override
    public Optional<String> serverName() {
        return serverName;
    }

    /// Shakes hands, and has the channel go on over TLS. Blocks. Data connections have nothing more
    /// to do with a TLS session that was before (CCC, and AUTH again).
    ///
    /// @param sniffed octets of the handshake that were read already
    /// @return what was negotiated
    Handshake begin(ByteBuffer sniffed) throws HandshakeException, IOException {
        TlsTransport transport;
        Transport clear = channel.transport(); // To close it is to close the socket.
        try (Watchdog.Watch watch =
                setup.watchdog().watch(setup.limits().handshake(), clear::close)) {
            try {
                transport = shakeHands(sniffed); // blocks
            } catch (IOException failed) {
                String code = watch.expired() ? "handshake-timeout" : "handshake-failed";
                Optional<String> refused =
                        watch.expired()
                                ? Optional.empty()
                                : ClientCertificateException.behind(failed);
                String cause = watch.expired() ? code : String.valueOf(failed.getMessage());
                setup.events()
                        .accept(
                                new Event.HandshakeFailed(
                                        setup.id(), "control", refused.orElse(cause)));
                if (refused.isPresent()) {
                    hearOut(clear);
                }
                throw new HandshakeException(code, failed);
            }
        }
        Handshake done = transport.negotiated();
        setup.events()
                .accept(
                        new Event.ControlSecured(
                                setup.id(),
                                done.version(),
                                done.cipher(),
                                done.resumed() ? "yes" : "no",
                                done.client().map(ClientIdentity::subject).orElse("-"),
                                done.client().map(ClientIdentity::fingerprint).orElse("-")));
        return done;
    }

    /// Has the alert arrive. A client of TLS 1.3 begins to talk before its certificate is judged,
    /// and to close over unread octets is to reset the connection, and the alert with it.
    private void hearOut(Transport clear) {
        ByteBuffer waste = ByteBuffer.allocate(WASTE_OCTETS);
        try (Watchdog.Watch _ = setup.watchdog().watch(setup.limits().linger(), clear::close)) {
            setup.channel().shutdownOutput();
            while (setup.channel().read(waste) >= 0) { // blocks
                waste.clear();
            }
        } catch (IOException gone) {
            // It has heard what it wanted to hear.
            return;
        }
    }

    private TlsTransport shakeHands(ByteBuffer sniffed) throws IOException {
        ClientHelloReader.First first = ClientHelloReader.read(setup.channel(), sniffed); // blocks
        serverName = first.hello().flatMap(ClientHello::serverName);
        close();
        SessionTls tls = newSession(first.hello());
        sessionTls = tls;
        TlsTransport transport =
                TlsTransport.control(setup.channel(), tls, first.octets(), setup.buffers());
        channel.switchTo(transport);
        transport.handshake(); // blocks
        return transport;
    }

    /// Has the channel go on in the clear, and data connections by TLS as before. Blocks.
    void leave() throws IOException {
        channel.leaveTls();
        switch (setup.policy().binding()) {
            case SAME_SESSION -> sessionTls().ifPresent(SessionTls::controlLeft);
            case PREFER, OFF -> {} // A full handshake does as well.
        }
    }

    private SessionTls newSession(Optional<ClientHello> hello) throws IOException {
        try {
            return setup.tls().newSession(hello);
        } catch (TlsException refused) {
            FatalAlert.send(setup.channel(), refused); // blocks
            throw refused;
        }
    }

    /// Gives up what the TLS session holds, when the control connection is closed. Idempotent.
    void close() {
        SessionTls tls = sessionTls;
        if (tls != null) {
            tls.close();
        }
    }
}
