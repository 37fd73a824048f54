package io.sealane.vfs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// An open file to read from, at any offset. Belongs to one thread.
public interface FileReader extends Closeable {
    /// Size in bytes at the time of the call.
    long size() throws StorageException;

    /// Reads at `offset` into `target`.
    ///
    /// @return bytes read, or -1 at or behind the end
    int read(ByteBuffer target, long offset) throws StorageException;

    /// Moves bytes to `target`, without copying them through this process where the system can. A
    /// non-blocking target may take fewer, or none.
    ///
    /// @return bytes moved; 0 if the target took none; -1 at or behind the end
    /// @throws StorageException if reading failed
    /// @throws IOException if `target` failed
    long transferTo(long offset, long count, WritableByteChannel target) throws IOException;

    @Override
    void close();
}
