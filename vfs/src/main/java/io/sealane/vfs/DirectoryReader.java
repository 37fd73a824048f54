package io.sealane.vfs;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/// One pass over a directory. Belongs to one thread; holds a bounded amount of memory whatever the
/// directory's size.
public interface DirectoryReader extends Closeable {
    /// @return the next entry, or null at the end
    @Nullable Entry next() throws StorageException;

    @Override
    void close();
}
