package io.sealane.core.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// A connected socket as it is. The channel is blocking; on a virtual thread a call that waits
/// parks without holding its carrier. One reading and one writing thread at most, [#close] from
/// any.
public final class PlainTransport implements Transport {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /// The peer's half of TLS, where TLS was left on this connection.
    private enum PeersTls {
        OVER,
        /// Its close_notify is still to be read, or found to be missing.
        MAY_COME
    }

    private final SocketChannel channel;
    private final Optional<TlsTransport> left;
    private PeersTls peersTls;
    private ByteBuffer pending;

    /// Adopts `channel`, which is connected and blocking.
    public PlainTransport(SocketChannel channel) {
        this(channel, NOTHING);
    }

    /// Adopts `channel`, of which the bytes in `pending` were already read; they are delivered
    /// first. The buffer belongs to the transport from here on.
    public PlainTransport(SocketChannel channel, ByteBuffer pending) {
        this.channel = channel;
        this.left = Optional.empty();
        this.peersTls = PeersTls.OVER;
        this.pending = pending;
        TcpOptions.prepare(channel);
    }

    /// Goes on in the clear where `left` said close_notify. The first read takes what the peer
    /// still sends under TLS; nobody waits for that before, as the peer may say it with its next
    /// command, or never.
    PlainTransport(SocketChannel channel, TlsTransport left) {
        this.channel = channel;
        this.left = Optional.of(left);
        this.peersTls = PeersTls.MAY_COME;
        this.pending = NOTHING;
    }

    /// Whether bytes that were already read are still to be delivered. Only while nobody reads.
    public boolean hasUnread() {
        return pending.hasRemaining();
    }

    /// The socket itself, for `transferTo`. Reading from it loses nothing only if no bytes are
    /// pending.
    public SocketChannel channel() {
        return channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (peersTls == PeersTls.MAY_COME) {
            pending = left.orElseThrow().readPeersEnd(); // blocks
            peersTls = PeersTls.OVER;
        }
        if (pending.hasRemaining()) {
            return Buffers.move(pending, target);
        }
        int read = channel.read(target);
        if (target.hasRemaining()) {
            TcpOptions.acknowledgeNow(channel);
        }
        return read;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            channel.write(source);
        }
    }

    /// Writes as much as the system takes at once, at least one octet. Blocks.
    ///
    /// @return how many octets
    public int writeSome(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public StreamEnd inboundEnd() {
        return StreamEnd.FIN;
    }

    @Override
    public void doneReading() {} // It takes nothing.

    @Override
    public void closeOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() {
        left.ifPresent(TlsTransport::close); // It has an engine yet.
        try {
            channel.close();
        } catch (IOException unlikely) {
            throw new UncheckedIOException("a socket could not be closed", unlikely);
        }
    }
}
