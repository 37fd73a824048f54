package io.sealane.vfs.local;

import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;

/// The first octets of a published file on their way into the hidden file that an upload writes to
/// behind them. Belongs to one thread.
///
/// The kernel copies, where it can without moving the octets at all (`copy_file_range`).
final class CopiedStart implements Closeable {
    /// Octets copied at a time: some milliseconds, on a slow disk some ten.
    private static final long STEP = 4L << 20;

    private final FileChannel published; // owned
    private final long count;
    private long done;

    CopiedStart(FileChannel published, long count) {
        this.published = published;
        this.count = count;
    }

    /// Copies some more to `target`, at its position.
    ///
    /// @return whether all is there
    boolean advance(FileChannel target) throws IOException {
        if (done < count) {
            long moved = published.transferTo(done, Math.min(STEP, count - done), target);
            if (moved <= 0) {
                throw new StorageException(Reason.BUSY, "shrank while it was copied");
            }
            done += moved;
        }
        return done == count;
    }

    @Override
    public void close() {
        Closing.quietly(published);
    }
}
