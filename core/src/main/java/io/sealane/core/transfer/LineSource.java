package io.sealane.core.transfer;

import io.sealane.vfs.StorageException;
import java.io.Closeable;

/// The lines of a listing, one at a time. Belongs to one thread.
public interface LineSource extends Closeable {
    /// Appends the next line without its line end.
    ///
    /// @return false if there was none; nothing was appended then
    boolean next(StringBuilder line) throws StorageException;

    @Override
    void close();
}
