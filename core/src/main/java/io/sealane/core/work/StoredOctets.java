package io.sealane.core.work;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.wire.OctetRange;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads files chunk by chunk for works, in buffers of the pool. Safe from any thread.
public final class StoredOctets {
    /// Takes what was read.
    @FunctionalInterface
    public interface Sink {
        /// @param chunk to be used up before the call returns
        void accept(ByteBuffer chunk) throws StorageException;
    }

    private final BufferPool buffers;

    public StoredOctets(BufferPool buffers) {
        this.buffers = buffers;
    }

    /// Gives the octets of `range` to `sink`. Blocks.
    ///
    /// @param range within the file
    /// @throws StorageException `BUSY` if the file shrank meanwhile, or if no buffer is to be had
    public void read(FileReader file, OctetRange range, WorkProgress progress, Sink sink)
            throws StorageException, AbortedException {
        ByteBuffer buffer = takeBuffer();
        try {
            long at = range.start();
            while (at < range.end()) {
                long left = range.end() - at;
                buffer.clear().limit((int) Math.min(left, BufferPool.BULK_PLAINTEXT_BYTES));
                int read = file.read(buffer, at); // blocks
                if (read < 0) {
                    throw new StorageException(Reason.BUSY, "shrank while it was read");
                }
                sink.accept(buffer.flip());
                at += read;
                progress.moved(read);
            }
        } finally {
            buffers.give(buffer);
        }
    }

    private ByteBuffer takeBuffer() throws StorageException {
        try {
            return buffers.take(BufferPool.Size.BULK);
        } catch (IOException noneLeft) {
            throw new StorageException(
                    Reason.BUSY, String.valueOf(noneLeft.getMessage()), noneLeft);
        }
    }
}
