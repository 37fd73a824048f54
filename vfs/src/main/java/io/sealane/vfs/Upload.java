package io.sealane.vfs;

import java.io.Closeable;
import java.nio.ByteBuffer;

/// An upload in progress. Belongs to one thread. Exactly one of three things happens to it:
/// [#publish], [#discard], or neither: then [#close] keeps what came as a partial for resuming.
/// What came to an end for lack of room keeps nothing of its own: nobody could resume it, and
/// nobody else store anything.
public interface Upload extends Closeable {
    /// Bytes in front of the next write; greater than 0 at the start after a restart or append.
    long position();

    /// Writes all of `source`.
    void write(ByteBuffer source) throws StorageException;

    /// Says which nine POSIX permission bits the content gets if it replaces nothing. Without it
    /// they are the store's choice; a file that is replaced keeps its own.
    void setModeWhenNew(int mode);

    /// Makes the content visible under its name in one step, durable as the store is set up.
    ///
    /// @throws StorageException also `BUSY` if it went on from a file that is another by now: what
    ///   came in between would be lost, or what was deleted would be back; nothing is kept then
    void publish() throws StorageException;

    /// Forgets what came; nothing is kept.
    void discard();

    @Override
    void close();
}
