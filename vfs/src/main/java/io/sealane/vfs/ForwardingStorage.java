package io.sealane.vfs;

import java.time.Instant;
import java.util.Optional;

/// Asks another store for everything: the start of one that does something besides.
public abstract class ForwardingStorage implements Storage {
    private final Storage storage;

    protected ForwardingStorage(Storage storage) {
        this.storage = storage;
    }

    /// The other one.
    protected final Storage storage() {
        return storage;
    }

    @Override
    public StorageAbilities abilities() {
        return storage.abilities();
    }

    @Override
    public VirtualPath end(VirtualPath path) throws StorageException {
        return storage.end(path);
    }

    @Override
    public Storage withoutLinks() {
        return storage.withoutLinks();
    }

    @Override
    public Entry stat(VirtualPath path) throws StorageException {
        return storage.stat(path);
    }

    @Override
    public Optional<String> revision(VirtualPath file) throws StorageException {
        return storage.revision(file);
    }

    @Override
    public long partialSize(VirtualPath path) throws StorageException {
        return storage.partialSize(path);
    }

    @Override
    public boolean isHalfReplaced(VirtualPath file) throws StorageException {
        return storage.isHalfReplaced(file);
    }

    @Override
    public DirectoryReader list(VirtualPath directory) throws StorageException {
        return storage.list(directory);
    }

    @Override
    public FileReader openForRead(VirtualPath file) throws StorageException {
        return storage.openForRead(file);
    }

    @Override
    public Upload openForWrite(VirtualPath file, Placement placement) throws StorageException {
        return storage.openForWrite(file, placement);
    }

    @Override
    public void createDirectory(VirtualPath directory) throws StorageException {
        storage.createDirectory(directory);
    }

    @Override
    public void createLink(VirtualPath link, VirtualPath target) throws StorageException {
        storage.createLink(link, target);
    }

    @Override
    public void removeDirectory(VirtualPath directory) throws StorageException {
        storage.removeDirectory(directory);
    }

    @Override
    public void deleteFile(VirtualPath file) throws StorageException {
        storage.deleteFile(file);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws StorageException {
        storage.rename(from, to);
    }

    @Override
    public void setModified(VirtualPath path, Instant modified) throws StorageException {
        storage.setModified(path, modified);
    }

    @Override
    public long bytesAvailable(VirtualPath directory) throws StorageException {
        return storage.bytesAvailable(directory);
    }

    @Override
    public void setMode(VirtualPath path, int mode) throws StorageException {
        storage.setMode(path, mode);
    }
}
