package io.sealane.core.transfer;

import io.sealane.vfs.StorageException;
import java.io.Closeable;

/// The lines of a listing, one at a time. Belongs to one thread.
public interface LineSource extends Closeable {
    /// What a call of [#next] came to.
    enum Step {
        /// A line was appended.
        LINE,
        /// None yet: names were looked at for as long as others can be kept waiting.
        PAUSE,
        /// There are no more.
        END,
        /// There are more, and the listing ends here all the same: it has reached its limit.
        CUT
    }

    /// Appends the next line, if there is one, without its line end.
    Step next(StringBuilder line) throws StorageException;

    @Override
    void close();
}
