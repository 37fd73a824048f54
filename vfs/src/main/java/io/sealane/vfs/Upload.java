package io.sealane.vfs;

import java.io.Closeable;
import java.nio.ByteBuffer;

/// An upload in progress. Belongs to one thread. Exactly one of four things happens to it:
/// [#publish], [#discard], [#withdraw], or none of them: then [#close] keeps what came as a partial
/// for resuming. What came to an end for lack of room keeps nothing of its own: nobody could resume
/// it, and nobody else store anything. Nor does what is invalid, what only adds to a published
/// file, which is there to be gone on from, or what is superseded. Where the store has lost some of
/// what was written, nothing is kept of an older upload either.
///
/// Of an upload that was to replace a published file [#close] keeps a partial even if not a byte of
/// it came: its client may have sent some, and take the old content for them. What was kept of an
/// older upload goes when one that began anew is closed or published.
public interface Upload extends Closeable {
    /// Bytes in front of the next write; greater than 0 at the start after a restart or append.
    long position();

    /// Does some of what there is to do before anything is written, some ten milliseconds' work.
    /// [#write] and [#publish] do what is left; who wants to be able to stop meanwhile, and to
    /// [#withdraw] then, calls this first, until nothing is.
    ///
    /// @return whether nothing is left
    default boolean prepare() throws StorageException {
        return true;
    }

    /// Writes all of `source`.
    void write(ByteBuffer source) throws StorageException;

    /// Does some of what there is to do before it can be published, beside what is written: some
    /// ten milliseconds' work. [#publish] does what is left; who wants to be able to stop meanwhile
    /// calls this first, until nothing is.
    ///
    /// @return whether nothing is left
    default boolean advance() throws StorageException {
        return true;
    }

    /// Says which nine POSIX permission bits the content gets if it replaces nothing. Without it
    /// they are the store's choice; a file that is replaced keeps its own.
    ///
    /// @throws StorageException if the store cannot see to it
    void setModeWhenNew(int mode) throws StorageException;

    /// Makes the content visible under its name in one step, durable as the store is set up.
    ///
    /// @throws StorageException also `BUSY` if it went on from a file that is another by now, or
    ///   was to replace that alone: what came in between would be lost, or what was deleted would
    ///   be back; nothing is kept then
    void publish() throws StorageException;

    /// Whether its owner has published another upload to the same name that began later, as clients
    /// do that take this one's connection for lost, or has renamed or deleted the file since.
    boolean isSuperseded();

    /// Says that what came since it began is not what was sent: nobody can go on from that.
    void invalidate();

    /// Forgets what came; nothing is kept.
    void discard();

    /// Ends it as if it had never begun, as its client never had a way to send anything: an older
    /// partial that it went on from is kept.
    void withdraw();

    @Override
    void close();
}
