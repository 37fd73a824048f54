package io.sealane.core.command;

import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.StorageException;
import org.jspecify.annotations.Nullable;

/// Opens directories that are come to, and not asked for: one that cannot be read, or is no longer
/// there, has nothing in it. Stateless.
final class ReadableDirectory {
    private static final DirectoryReader UNREADABLE =
            new DirectoryReader() {
                @Override
                public @Nullable Entry next() {
                    return null;
                }

                @Override
                public void close() {}
            };

    private ReadableDirectory() {}

    /// Opens a directory.
    @FunctionalInterface
    interface Opening {
        DirectoryReader open() throws StorageException;
    }

    static DirectoryReader open(Opening directory) throws StorageException {
        try {
            return directory.open();
        } catch (StorageException failed) {
            if (isUnreadable(failed)) {
                return UNREADABLE;
            }
            throw failed;
        }
    }

    static boolean isUnreadable(StorageException failed) {
        return switch (failed.reason()) {
            case NOT_FOUND, NOT_PERMITTED, DENIED_BY_HOST, NOT_A_DIRECTORY -> true;
            case ALREADY_EXISTS,
                    IS_A_DIRECTORY,
                    NOT_EMPTY,
                    BAD_NAME,
                    BAD_OFFSET,
                    HALF_REPLACED,
                    CROSSES_STORES,
                    UNSUPPORTED,
                    STORE_FULL,
                    OVER_QUOTA,
                    BUSY,
                    OVERLOADED,
                    BROKEN ->
                    false;
        };
    }
}
