package io.sealane.core.command;

import io.sealane.core.event.Event;
import io.sealane.core.event.Event.StoreChanged.Change;
import io.sealane.core.event.EventSink;
import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.Placement;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageAbilities;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.Upload;
import io.sealane.vfs.VirtualPath;
import java.time.Instant;
import java.util.Optional;

/// Tell the log who changed what: names that were made, removed and changed, and permissions.
/// Uploads have their own event. Times have none: clients that keep them set one behind each
/// upload. Who asks for the store without links goes through a tree, and tells of it in one. As
/// safe from any thread as the store is.
final class AuditedStorage implements Storage {
    private final Storage storage;
    private final String session;
    private final String user;
    private final EventSink events;

    AuditedStorage(Storage storage, String session, String user, EventSink events) {
        this.storage = storage;
        this.session = session;
        this.user = user;
        this.events = events;
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
        tell(Change.DIRECTORY_MADE, directory);
    }

    @Override
    public void createLink(VirtualPath link, VirtualPath target) throws StorageException {
        storage.createLink(link, target);
        tell(Change.LINKED, link, target.toString());
    }

    @Override
    public void removeDirectory(VirtualPath directory) throws StorageException {
        storage.removeDirectory(directory);
        tell(Change.DIRECTORY_REMOVED, directory);
    }

    @Override
    public void deleteFile(VirtualPath file) throws StorageException {
        storage.deleteFile(file);
        tell(Change.DELETED, file);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws StorageException {
        storage.rename(from, to);
        if (!from.equals(to)) {
            tell(Change.RENAMED, from, to.toString());
        }
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
        tell(Change.MODE_SET, path, "0" + Integer.toOctalString(mode));
    }

    private void tell(Change change, VirtualPath path) {
        tell(change, path, Event.StoreChanged.NOTHING);
    }

    private void tell(Change change, VirtualPath path, String to) {
        events.accept(Event.StoreChanged.of(session, user, change, path.toString(), to));
    }
}
