package io.sealane.core.tls;

import io.sealane.core.limit.BufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/// What leaves a TLS transport: plaintext on its way through the engine to the socket, and what the
/// engine has to say of its own. Holds a buffer only while it sends. Belongs to whoever holds the
/// transport's output lock.
final class TlsOutput {
    /// More plaintext than this goes out through a bulk buffer, many records by one write.
    private static final int RECORD_PLAINTEXT_BYTES = 16 * 1024;

    /// An alert takes one call of an engine that is well, and two of one that has yet to throw.
    private static final int ALERT_ATTEMPTS_MAX = 4;

    private final SocketChannel channel;
    private final GuardedEngine engine;
    private final BufferPool buffers;
    private boolean ticketOwed;

    TlsOutput(SocketChannel channel, GuardedEngine engine, BufferPool buffers) {
        this.channel = channel;
        this.engine = engine;
        this.buffers = buffers;
    }

    /// Sends all of `source`. From a large direct buffer sixteen full records leave by one write.
    /// Blocks.
    void write(ByteBuffer source) throws IOException {
        if (source.isDirect()) {
            encrypt(source);
        } else {
            encryptCopyOf(source);
        }
    }

    /// Has a session ticket leave with what is written next.
    void offerTicket() throws IOException {
        engine.offerTicket();
        ticketOwed = true;
    }

    /// Has one leave now. Blocks.
    void giveTicket() throws IOException {
        ByteBuffer records = buffers.take(BufferPool.Size.RECORD);
        try {
            engine.offerTicket();
            engine.wrap(Buffers.NOTHING, records);
            wrapOwn(records);
            send(records);
        } finally {
            buffers.give(records);
        }
    }

    /// Sends what the engine itself has to say. Blocks.
    void answer() throws IOException {
        ByteBuffer records = buffers.take(BufferPool.Size.RECORD);
        try {
            wrapOwn(records);
            send(records);
        } finally {
            buffers.give(records);
        }
    }

    /// Blocks.
    void sayCloseNotify() throws IOException {
        ByteBuffer alert = buffers.take(BufferPool.Size.RECORD);
        try {
            engine.closeOutbound();
            for (int i = 0; i < ALERT_ATTEMPTS_MAX && !engine.outboundDone(); i++) {
                engine.wrap(Buffers.NOTHING, alert);
            }
            send(alert);
        } finally {
            buffers.give(alert);
        }
    }

    /// Tells the peer why TLS failed, as far as it still listens. Blocks.
    void sayAlert() throws IOException {
        ByteBuffer alert = buffers.take(BufferPool.Size.RECORD);
        try {
            sayAlert(alert);
        } finally {
            buffers.give(alert);
        }
    }

    /// The same by way of `alert`, which may hold records that come first.
    void sayAlert(ByteBuffer alert) {
        try {
            for (int i = 0; i < ALERT_ATTEMPTS_MAX; i++) {
                if (wrapAlert(alert) == 0) {
                    break;
                }
            }
            send(alert);
        } catch (IOException peerIsGone) {
            // The failure itself is what the caller is told.
            return;
        }
    }

    /// An engine may have to throw what it has thrown already before it gives the alert, or behind
    /// it: that counts as progress.
    private int wrapAlert(ByteBuffer alert) throws IOException {
        try {
            return engine.wrap(Buffers.NOTHING, alert).bytesProduced();
        } catch (SSLException thrownAlready) {
            return 1;
        }
    }

    /// Has the engine wrap what it has to say in a handshake; sends nothing unless it has to make
    /// room.
    void wrapHandshake(ByteBuffer flight) throws IOException {
        SSLEngineResult result = engine.wrap(Buffers.NOTHING, flight);
        switch (result.getStatus()) {
            case OK -> {}
            case BUFFER_OVERFLOW -> sendToMakeRoom(flight);
            case BUFFER_UNDERFLOW -> throw new SSLException("the engine wants bytes to wrap");
            case CLOSED -> throw new SSLException("the engine closed");
        }
    }

    /// Sends what is in `records`, and empties it. Blocks.
    void send(ByteBuffer records) throws IOException {
        records.flip();
        while (records.hasRemaining()) {
            channel.write(records); // blocks
        }
        records.clear();
    }

    private void encrypt(ByteBuffer source) throws IOException {
        ByteBuffer records =
                buffers.take(
                        source.remaining() > RECORD_PLAINTEXT_BYTES
                                ? BufferPool.Size.BULK
                                : BufferPool.Size.RECORD);
        try {
            while (source.hasRemaining()) {
                SSLEngineResult result = engine.wrap(source, records);
                switch (result.getStatus()) {
                    case OK -> {
                        if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
                            throw new SSLException("the engine takes no bytes");
                        }
                    }
                    case BUFFER_OVERFLOW -> sendToMakeRoom(records);
                    case BUFFER_UNDERFLOW -> throw new SSLException("the engine wants more bytes");
                    case CLOSED -> {
                        send(records);
                        throw new SSLException("the output is closed");
                    }
                }
            }
            if (ticketOwed) {
                ticketOwed = false;
                wrapOwn(records);
            }
            send(records);
        } finally {
            buffers.give(records);
        }
    }

    private void encryptCopyOf(ByteBuffer source) throws IOException {
        ByteBuffer copy = buffers.take(BufferPool.Size.RECORD);
        try {
            while (source.hasRemaining()) {
                copy.clear();
                Buffers.move(source, copy);
                encrypt(copy.flip());
            }
        } finally {
            buffers.give(copy);
        }
    }

    private void sendToMakeRoom(ByteBuffer records) throws IOException {
        if (records.position() == 0) {
            throw new SSLException("a record does not fit its buffer");
        }
        send(records);
    }

    /// Wraps what the engine itself has to say.
    private void wrapOwn(ByteBuffer records) throws IOException {
        while (engine.status() == HandshakeStatus.NEED_WRAP) {
            SSLEngineResult result = engine.wrap(Buffers.NOTHING, records);
            if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
                sendToMakeRoom(records);
            } else if (result.bytesProduced() == 0) {
                return;
            }
        }
    }
}
