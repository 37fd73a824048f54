package io.sealane.core.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// A connected socket as it is. The channel is blocking; on a virtual thread a call that waits
/// parks without holding its carrier. One reading and one writing thread at most, [#close] from
/// any.
public final class PlainTransport implements Transport {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final ByteBuffer pending;

    /// Adopts `channel`, which is connected and blocking.
    public PlainTransport(SocketChannel channel) {
        this(channel, NOTHING);
    }

    /// Adopts `channel`, of which the bytes in `pending` were already read; they are delivered
    /// first. The buffer belongs to the transport from here on.
    public PlainTransport(SocketChannel channel, ByteBuffer pending) {
        this.channel = channel;
        this.pending = pending;
        TcpOptions.prepare(channel);
    }

    /// The socket itself, for `transferTo`. Reading from it loses nothing only if no bytes are
    /// pending.
    public SocketChannel channel() {
        return channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
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

    @Override
    public StreamEnd inboundEnd() {
        return StreamEnd.FIN;
    }

    @Override
    public void closeOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException unlikely) {
            throw new UncheckedIOException("a socket could not be closed", unlikely);
        }
    }
}
