package io.sealane.conformance;

import io.sealane.vfs.Access;
import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.Placement;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageAbilities;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.Upload;
import io.sealane.vfs.VirtualPath;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A directory with more files in it than anyone could hold, made up as they are asked for, and
/// nothing else. Counts what it gave. Safe from any thread.
final class EndlessStorage implements Storage {
    private static final String OWNER = "ftp";

    private final int files;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    EndlessStorage(int files) {
        this.files = files;
    }

    /// Entries given since the last [#forget].
    int made() {
        return made.get();
    }

    /// Readers that nobody has closed.
    int open() {
        return open.get();
    }

    void forget() {
        made.set(0);
    }

    @Override
    public StorageAbilities abilities() {
        return StorageAbilities.ALL;
    }

    @Override
    public Entry stat(VirtualPath path) throws StorageException {
        if (!path.isRoot()) {
            throw new StorageException(Reason.NOT_FOUND, path.toString());
        }
        return entry("", Entry.Kind.DIRECTORY, 0);
    }

    @Override
    public DirectoryReader list(VirtualPath directory) {
        open.incrementAndGet();
        return new DirectoryReader() {
            private int next;
            private boolean closed;

            @Override
            public @Nullable Entry next() {
                if (next == files) {
                    return null;
                }
                made.incrementAndGet();
                return entry("file" + next, Entry.Kind.FILE, next++);
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    open.decrementAndGet();
                }
            }
        };
    }

    private static Entry entry(String name, Entry.Kind kind, int number) {
        return new Entry(
                name,
                kind,
                number,
                Instant.EPOCH.plusSeconds(number),
                OptionalInt.of(0644),
                OWNER,
                OWNER,
                1,
                Integer.toHexString(number),
                Access.ALL,
                Optional.empty());
    }

    @Override
    public long partialSize(VirtualPath path) throws StorageException {
        throw new StorageException(Reason.NOT_FOUND, path.toString());
    }

    @Override
    public boolean isHalfReplaced(VirtualPath file) {
        return false;
    }

    @Override
    public FileReader openForRead(VirtualPath file) throws StorageException {
        throw unsupported();
    }

    @Override
    public Upload openForWrite(VirtualPath file, Placement placement) throws StorageException {
        throw unsupported();
    }

    @Override
    public void createDirectory(VirtualPath directory) throws StorageException {
        throw unsupported();
    }

    @Override
    public void removeDirectory(VirtualPath directory) throws StorageException {
        throw unsupported();
    }

    @Override
    public void deleteFile(VirtualPath file) throws StorageException {
        throw unsupported();
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws StorageException {
        throw unsupported();
    }

    @Override
    public void setModified(VirtualPath path, Instant modified) throws StorageException {
        throw unsupported();
    }

    @Override
    public void setMode(VirtualPath path, int mode) throws StorageException {
        throw unsupported();
    }

    @Override
    public long bytesAvailable(VirtualPath directory) {
        return 0;
    }

    private static StorageException unsupported() {
        return new StorageException(Reason.UNSUPPORTED, "only listed");
    }
}
