package io.sealane.vfs;

import io.sealane.vfs.StorageException.Reason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A store whose operations fail when a test says so. Safe from any thread.
public final class FailingStorage implements Storage {
    public enum Operation {
        STAT,
        PARTIAL_SIZE,
        LIST,
        OPEN_FOR_READ,
        OPEN_FOR_WRITE,
        WRITE,
        PUBLISH,
        CREATE_DIRECTORY,
        CREATE_LINK,
        REMOVE_DIRECTORY,
        DELETE_FILE,
        RENAME,
        SET_MODIFIED,
        SET_MODE,
        BYTES_AVAILABLE
    }

    private final Storage storage;
    private final Map<Operation, Reason> failures = new ConcurrentHashMap<>();

    public FailingStorage(Storage storage) {
        this.storage = storage;
    }

    /// From now on `operation` fails, until [#heal].
    public void fail(Operation operation, Reason reason) {
        failures.put(operation, reason);
    }

    public void heal() {
        failures.clear();
    }

    @Override
    public StorageAbilities abilities() {
        return storage.abilities();
    }

    @Override
    public Entry stat(VirtualPath path) throws StorageException {
        check(Operation.STAT);
        return storage.stat(path);
    }

    @Override
    public long partialSize(VirtualPath path) throws StorageException {
        check(Operation.PARTIAL_SIZE);
        return storage.partialSize(path);
    }

    @Override
    public boolean isHalfReplaced(VirtualPath file) throws StorageException {
        check(Operation.PARTIAL_SIZE);
        return storage.isHalfReplaced(file);
    }

    @Override
    public DirectoryReader list(VirtualPath directory) throws StorageException {
        check(Operation.LIST);
        return storage.list(directory);
    }

    @Override
    public FileReader openForRead(VirtualPath file) throws StorageException {
        check(Operation.OPEN_FOR_READ);
        return storage.openForRead(file);
    }

    @Override
    public Upload openForWrite(VirtualPath file, Placement placement) throws StorageException {
        check(Operation.OPEN_FOR_WRITE);
        return new FailingUpload(storage.openForWrite(file, placement));
    }

    @Override
    public void createDirectory(VirtualPath directory) throws StorageException {
        check(Operation.CREATE_DIRECTORY);
        storage.createDirectory(directory);
    }

    @Override
    public void createLink(VirtualPath link, VirtualPath target) throws StorageException {
        check(Operation.CREATE_LINK);
        storage.createLink(link, target);
    }

    @Override
    public void removeDirectory(VirtualPath directory) throws StorageException {
        check(Operation.REMOVE_DIRECTORY);
        storage.removeDirectory(directory);
    }

    @Override
    public void deleteFile(VirtualPath file) throws StorageException {
        check(Operation.DELETE_FILE);
        storage.deleteFile(file);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws StorageException {
        check(Operation.RENAME);
        storage.rename(from, to);
    }

    @Override
    public void setModified(VirtualPath path, Instant modified) throws StorageException {
        check(Operation.SET_MODIFIED);
        storage.setModified(path, modified);
    }

    @Override
    public void setMode(VirtualPath path, int mode) throws StorageException {
        check(Operation.SET_MODE);
        storage.setMode(path, mode);
    }

    @Override
    public long bytesAvailable(VirtualPath directory) throws StorageException {
        check(Operation.BYTES_AVAILABLE);
        return storage.bytesAvailable(directory);
    }

    private void check(Operation operation) throws StorageException {
        Reason reason = failures.get(operation);
        if (reason != null) {
            throw new StorageException(reason, operation + " was told to fail");
        }
    }

    private final class FailingUpload implements Upload {
        private final Upload upload;

        FailingUpload(Upload upload) {
            this.upload = upload;
        }

        @Override
        public long position() {
            return upload.position();
        }

        @Override
        public void write(ByteBuffer source) throws StorageException {
            check(Operation.WRITE);
            upload.write(source);
        }

        @Override
        public void setModeWhenNew(int mode) throws StorageException {
            upload.setModeWhenNew(mode);
        }

        @Override
        public boolean prepare() throws StorageException {
            return upload.prepare();
        }

        @Override
        public boolean advance() throws StorageException {
            return upload.advance();
        }

        @Override
        public void publish() throws StorageException {
            check(Operation.PUBLISH);
            upload.publish();
        }

        @Override
        public boolean isSuperseded() {
            return upload.isSuperseded();
        }

        @Override
        public void discard() {
            upload.discard();
        }

        @Override
        public void invalidate() {
            upload.invalidate();
        }

        @Override
        public void withdraw() {
            upload.withdraw();
        }

        @Override
        public void close() {
            upload.close();
        }
    }
}
