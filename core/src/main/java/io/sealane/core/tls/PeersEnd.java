package io.sealane.core.tls;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.LentBuffer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/// The end of the peer's half of TLS, on a connection that goes on in the clear behind it. Not an
/// octet behind the close_notify is read. Belongs to whoever holds the transport's input lock.
final class PeersEnd {
    /// How long a peer may take to speak first when TLS is left: long enough for it to have read
    /// what was said before, whatever the way.
    private static final int GRACE_MILLIS = 200;

    /// Longest content of a record (RFC 5246 section 6.2.3).
    private static final int RECORD_CONTENT_BYTES_MAX = (1 << 14) + 2048;

    private final SocketChannel channel;
    private final GuardedEngine engine;
    private final BufferPool buffers;
    private boolean isReached;
    private Optional<Byte> first = Optional.empty();

    /// @param isReached whether it was read already
    PeersEnd(SocketChannel channel, GuardedEngine engine, BufferPool buffers, boolean isReached) {
        this.channel = channel;
        this.engine = engine;
        this.buffers = buffers;
        this.isReached = isReached;
    }

    /// Waits for its first octet, for a moment. Blocks.
    void await() throws IOException {
        try {
            channel.socket().setSoTimeout(GRACE_MILLIS);
            int octet = channel.socket().getInputStream().read(); // blocks
            if (octet < 0) {
                isReached = true;
            } else {
                first = Optional.of((byte) octet);
            }
        } catch (SocketTimeoutException silent) {
            first = Optional.empty();
        } finally {
            channel.socket().setSoTimeout(0);
        }
    }

    /// Reads to it. Blocks.
    ///
    /// Interop: curl says none in its passive CCC mode, and goes on in the clear at once.
    ///
    /// @return the octets in the clear that told so; none otherwise
    /// @throws SSLException if the peer goes on under TLS, or sends what is no TLS
    ByteBuffer read() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(RecordBounds.HEADER_OCTETS);
        while (!isReached) {
            if (!readExactly(header.clear().limit(1))) {
                isReached = true;
            } else if (!RecordBounds.isType(header.get(0))) {
                return header.flip();
            } else {
                readRecordBehind(header);
            }
        }
        return header.clear().limit(0);
    }

    /// Reads the record that `header` has the first octet of, and has the engine take it.
    private void readRecordBehind(ByteBuffer header) throws IOException {
        if (!readExactly(header.limit(RecordBounds.HEADER_OCTETS))) {
            isReached = true;
            return;
        }
        int length = Short.toUnsignedInt(header.getShort(RecordBounds.HEADER_OCTETS - 2));
        if (length > RECORD_CONTENT_BYTES_MAX) {
            throw new SSLException("a record is too long");
        }
        try (LentBuffer lent = LentBuffer.take(buffers, BufferPool.Size.RECORD);
                LentBuffer content = LentBuffer.take(buffers, BufferPool.Size.RECORD)) {
            ByteBuffer record = lent.octets();
            record.put(header.flip()).limit(RecordBounds.HEADER_OCTETS + length);
            if (!readExactly(record)) {
                isReached = true;
                return;
            }
            take(record.flip(), content.octets());
        }
    }

    /// Reads until `target` is full, and not an octet more.
    private boolean readExactly(ByteBuffer target) throws IOException {
        first.ifPresent(target::put);
        first = Optional.empty();
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) { // blocks
                return false;
            }
        }
        return true;
    }

    private void take(ByteBuffer record, ByteBuffer content) throws IOException {
        while (!isReached) {
            SSLEngineResult result = engine.unwrap(record, content);
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                isReached = true;
            } else if (content.position() > 0) {
                throw new SSLException("the peer goes on under TLS");
            } else if (result.bytesConsumed() == 0 || !record.hasRemaining()) {
                return; // Something of TLS's own.
            }
        }
    }
}
