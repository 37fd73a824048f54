package io.sealane.core.session;

import io.sealane.core.data.DataSecurity;
import io.sealane.core.event.Event;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.ClientHelloReader.First;
import io.sealane.core.tls.ClientIdentity;
import io.sealane.core.tls.ClientOffer;
import io.sealane.core.tls.EffectivePolicy;
import io.sealane.core.tls.Handshake;
import io.sealane.core.tls.HandshakeFailure;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.core.tls.ServerHandshake;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsFacts;
import io.sealane.core.tls.TlsPolicy;
import io.sealane.core.tls.TlsTransport;
import io.sealane.core.tls.Transport;
import io.sealane.core.wire.AddressText;
import io.sealane.core.wire.ClientHello;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The TLS of one control connection, from which its data connections take theirs. Owned by the
/// session; all is called by whoever has its turn, but [#sessionTls] and [#sibling] also on those
/// of its transfers.
final class ControlSecurity implements DataSecurity {
    private static final int DRAIN_OCTETS = 4096;

    private final SessionSetup setup;
    private final ControlChannel channel;
    private volatile @Nullable SessionTls sessionTls;
    private Optional<String> serverName = Optional.empty();

    ControlSecurity(SessionSetup setup, ControlChannel channel) {
        this.setup = setup;
        this.channel = channel;
    }

    @Override
    public Optional<SessionTls> sessionTls() {
        return Optional.ofNullable(sessionTls);
    }

    @Override
    public Optional<SessionTls> sibling(ClientHello hello) {
        return setup.siblings().knowing(setup.id(), hello);
    }

    @Override
    public Optional<String> serverName() {
        return serverName;
    }

    /// Shakes hands, and has the channel go on over TLS. Blocks. Data connections have nothing more
    /// to do with a TLS session that was before (CCC, and AUTH again).
    ///
    /// @param software what the client says it is, for the log
    /// @param sniffed octets of the handshake that were read already
    /// @return what was negotiated
    /// @throws HandshakeFailure if it came to nothing, and the control connection with it; that is
    ///   in the log then
    Handshake begin(String software, ByteBuffer sniffed) throws HandshakeFailure {
        ServerHandshake handshake = new ServerHandshake(setup.channel());
        Transport clear = channel.transport(); // To close it is to close the socket.
        try (Watchdog.Watch watch =
                setup.watchdog().watch(setup.limits().handshake(), clear::close)) {
            try {
                handshake.shake(sniffed, this::open); // blocks
            } catch (HandshakeFailure failed) {
                throw watch.expired() ? failed.afterTimeout() : failed;
            }
        } catch (HandshakeFailure failed) {
            report(software, failed);
            leaveInOrder();
            throw failed;
        }
        TlsFacts facts = handshake.facts();
        report(facts);
        return facts.handshake();
    }

    /// Has the channel go on in the clear, and data connections by TLS as before. Blocks.
    ///
    /// @param demands what the host and the account demand beside the listener
    void leave(List<Layer> demands) throws IOException {
        channel.leaveTls();
        EffectivePolicy policy =
                EffectivePolicy.resolve(
                        setup.policy(), setup.listener(), setup.policyOptions(), demands);
        if (wantsResumption(policy.enforced()) || wantsResumption(policy.observed())) {
            sessionTls().ifPresent(SessionTls::controlLeft);
        }
    }

    private static boolean wantsResumption(TlsPolicy policy) {
        return switch (policy.binding()) {
            case SAME_SESSION, SAME_USER -> true;
            case PREFER, OFF -> false; // A full handshake does as well.
        };
    }

    /// Gives up what the TLS session holds, when the control connection is closed. Idempotent.
    void close() {
        SessionTls tls = sessionTls;
        if (tls != null) {
            tls.close();
        }
    }

    private TlsTransport open(First first) throws IOException {
        serverName = first.hello().flatMap(ClientHello::serverName);
        close(); // Of what was before (CCC, and AUTH again).
        SessionTls tls = setup.tls().newSession(first.hello());
        sessionTls = tls;
        TlsTransport transport =
                TlsTransport.control(setup.channel(), tls, first.octets(), setup.buffers());
        channel.switchTo(transport);
        return transport;
    }

    /// Ends the connection so that the client sees the alert: what it still sends is read away,
    /// because closing over it would reset the alert.
    private void leaveInOrder() {
        SocketChannel socket = setup.channel();
        ByteBuffer waste = ByteBuffer.allocate(DRAIN_OCTETS);
        try (Watchdog.Watch _ =
                setup.watchdog().watch(setup.limits().linger(), channel.transport()::close)) {
            socket.shutdownOutput();
            while (socket.read(waste) >= 0) { // blocks
                waste.clear();
            }
        } catch (IOException gone) {
            // The client has left, or was silent for too long: it was told what there was to tell.
            return;
        }
    }

    private void report(String software, HandshakeFailure failed) {
        setup.events()
                .accept(
                        new Event.HandshakeFailed(
                                setup.id(),
                                setup.listener(),
                                clientAddress(),
                                software,
                                "control",
                                failed.code(),
                                ClientOffer.describe(failed.hello()),
                                failed.detail()));
    }

    private void report(TlsFacts facts) {
        Handshake done = facts.handshake();
        setup.events()
                .accept(
                        new Event.ControlSecured(
                                setup.id(),
                                setup.listener(),
                                clientAddress(),
                                done.version(),
                                done.cipher(),
                                facts.group(),
                                done.resumed() ? Event.Resumption.TRUE : Event.Resumption.FALSE,
                                facts.serverName(),
                                facts.applicationProtocol(),
                                done.client().map(ClientIdentity::subject).orElse("-"),
                                done.client().map(ClientIdentity::fingerprint).orElse("-")));
    }

    private String clientAddress() {
        return AddressText.of(setup.channel().socket().getInetAddress());
    }
}
