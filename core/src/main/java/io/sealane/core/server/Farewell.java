package io.sealane.core.server;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.limit.Watchdog.Watch;
import io.sealane.core.tls.HandshakeFailure;
import io.sealane.core.tls.PlainTransport;
import io.sealane.core.tls.ServerHandshake;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsSource;
import io.sealane.core.tls.TlsTransport;
import io.sealane.core.wire.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The one thing that is said to a client that gets no session. Safe from any thread.
final class Farewell {
    private static final int DRAIN_OCTETS = 4096;

    private final Watchdog watchdog;
    private final Duration patience;
    private final BufferPool buffers;

    /// @param patience how long a handshake, the reply and the client's end may take together
    Farewell(Watchdog watchdog, Duration patience, BufferPool buffers) {
        this.watchdog = watchdog;
        this.patience = patience;
        this.buffers = buffers;
    }

    /// Says it in the clear. It fits into the socket's empty buffer, so it cannot block; what the
    /// client sent is read away, because closing over unread octets would reset the reply.
    static void inTheClear(SocketChannel channel, Reply reply) throws IOException {
        channel.configureBlocking(false);
        channel.write(octets(reply));
        channel.shutdownOutput();
        drain(channel);
    }

    /// Shakes hands and says it by TLS. Blocks.
    ///
    /// @param sniffed octets of the handshake that were read already
    void byTls(SocketChannel channel, ByteBuffer sniffed, TlsSource source, Reply reply)
            throws IOException {
        ServerHandshake handshake = new ServerHandshake(channel);
        List<SessionTls> opened = new ArrayList<>();
        try (Watch _ = watchdog.watch(patience, new PlainTransport(channel)::close)) {
            TlsTransport transport =
                    handshake.shake(
                            sniffed,
                            first -> {
                                SessionTls tls = source.newSession(first.hello());
                                opened.add(tls);
                                return TlsTransport.control(channel, tls, first.octets(), buffers);
                            }); // blocks
            transport.write(octets(reply)); // blocks
            transport.closeOutput();
            drain(channel); // blocks
        } catch (HandshakeFailure failed) {
            // Its alert has told the client, unless that was gone.
            return;
        } finally {
            handshake.abandon();
            opened.forEach(SessionTls::close);
        }
    }

    private static void drain(SocketChannel channel) throws IOException {
        ByteBuffer waste = ByteBuffer.allocate(DRAIN_OCTETS);
        while (channel.read(waste) > 0) {
            waste.clear();
        }
    }

    private static ByteBuffer octets(Reply reply) {
        return ByteBuffer.wrap(reply.encode(StandardCharsets.UTF_8));
    }
}
