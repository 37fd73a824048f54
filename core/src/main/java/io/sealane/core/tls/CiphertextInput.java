package io.sealane.core.tls;

import io.sealane.core.limit.BufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Ciphertext on its way from the socket to the engine: what was read and not yet decrypted. Holds
/// a pooled buffer only while it waits for bytes or has some. Belongs to whoever reads.
final class CiphertextInput {
    private final SocketChannel channel;
    private final BufferPool buffers;
    private final BufferPool.Size waitingSize;
    private ByteBuffer pending;
    private final RecordBounds bounds = new RecordBounds();
    private ByteBuffer unread = Buffers.NOTHING;

    /// @param pending bytes already read off the socket; they come first
    /// @param waitingSize buffer to wait with
    CiphertextInput(
            SocketChannel channel,
            ByteBuffer pending,
            BufferPool buffers,
            BufferPool.Size waitingSize) {
        this.channel = channel;
        this.pending = pending;
        this.buffers = buffers;
        this.waitingSize = waitingSize;
    }

    /// Bytes read and not decrypted, from position to limit. The engine moves the position.
    ByteBuffer unread() {
        return unread;
    }

    /// Reads more behind what is unread. Blocks.
    ///
    /// @param least the buffer to wait with; a record that does not fit gets a larger one
    /// @return false at the end of the stream
    boolean fill(BufferPool.Size least) throws IOException {
        makeRoom(least);
        unread.compact();
        int start = unread.position();
        try {
            if (pending.hasRemaining()) {
                Buffers.move(pending, unread);
                if (!pending.hasRemaining()) {
                    pending = Buffers.NOTHING; // A session would hold 2 KiB for good.
                }
                return true;
            }
            int read = channel.read(unread); // blocks
            if (unread.hasRemaining()) {
                TcpOptions.acknowledgeNow(channel);
            }
            return read >= 0;
        } finally {
            bounds.pass(unread, start, unread.position());
            unread.flip();
        }
    }

    /// Reads more as [#fill] does, with the buffer that suits this connection's waiting.
    boolean fill() throws IOException {
        return fill(waitingSize);
    }

    /// Whether what was read ends within a record.
    boolean isWithinRecord() {
        return bounds.isWithinRecord();
    }

    /// Whether something was read and not decrypted.
    boolean hasUnread() {
        return unread.hasRemaining() || pending.hasRemaining();
    }

    /// Gives a drained buffer back.
    void rest() {
        if (!unread.hasRemaining()) {
            dispose();
        }
    }

    /// Gives the buffer back with what is in it.
    void dispose() {
        ByteBuffer held = unread;
        unread = Buffers.NOTHING;
        if (held.capacity() > 0) {
            buffers.give(held);
        }
    }

    private void makeRoom(BufferPool.Size least) throws IOException {
        if (!unread.hasRemaining() && unread.capacity() != least.bytes()) {
            dispose();
            unread = buffers.take(least).flip();
            return;
        }
        boolean full = unread.remaining() == unread.capacity();
        if (unread.capacity() >= least.bytes() && !full) {
            return;
        }
        BufferPool.Size size =
                full && least == BufferPool.Size.LINE ? BufferPool.Size.RECORD : least;
        ByteBuffer larger = buffers.take(size).put(unread).flip();
        dispose();
        unread = larger;
    }
}
