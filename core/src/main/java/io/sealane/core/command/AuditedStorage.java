package io.sealane.core.command;

import io.sealane.core.event.Event;
import io.sealane.core.event.Event.StoreChanged.Change;
import io.sealane.core.event.EventSink;
import io.sealane.vfs.ForwardingStorage;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.VirtualPath;

/// Tell the log who changed what: names that were made, removed and changed, and permissions.
/// Uploads have their own event. Times have none: clients that keep them set one behind each
/// upload. Who asks for the store without links goes through a tree, and tells of it in one. As
/// safe from any thread as the store is.
final class AuditedStorage extends ForwardingStorage {
    private final String session;
    private final String user;
    private final EventSink events;

    AuditedStorage(Storage storage, String session, String user, EventSink events) {
        super(storage);
        this.session = session;
        this.user = user;
        this.events = events;
    }

    @Override
    public void createDirectory(VirtualPath directory) throws StorageException {
        super.createDirectory(directory);
        tell(Change.DIRECTORY_MADE, directory);
    }

    @Override
    public void createLink(VirtualPath link, VirtualPath target) throws StorageException {
        super.createLink(link, target);
        tell(Change.LINKED, link, target.toString());
    }

    @Override
    public void removeDirectory(VirtualPath directory) throws StorageException {
        super.removeDirectory(directory);
        tell(Change.DIRECTORY_REMOVED, directory);
    }

    @Override
    public void deleteFile(VirtualPath file) throws StorageException {
        super.deleteFile(file);
        tell(Change.DELETED, file);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws StorageException {
        super.rename(from, to);
        if (!from.equals(to)) {
            tell(Change.RENAMED, from, to.toString());
        }
    }

    @Override
    public void setMode(VirtualPath path, int mode) throws StorageException {
        super.setMode(path, mode);
        tell(Change.MODE_SET, path, "0" + Integer.toOctalString(mode));
    }

    private void tell(Change change, VirtualPath path) {
        tell(change, path, Event.StoreChanged.NOTHING);
    }

    private void tell(Change change, VirtualPath path, String to) {
        events.accept(new Event.StoreChanged(session, user, change, path.toString(), to));
    }
}
