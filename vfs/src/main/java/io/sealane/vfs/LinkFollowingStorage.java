package io.sealane.vfs;

import io.sealane.vfs.StorageException.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follow the symbolic links of a store, as far as they stay in it: what is done at a path that
/// leads over links is done where it ends. Immutable; as safe from any thread as the store is.
///
/// As POSIX has it: to remove or rename a link is about the link, to upload to one is about the
/// file that it leads to.
///
/// Security: the store itself still follows nothing; see [LinkWay]. What is swapped in meanwhile is
/// followed, too, if it is a link that may be: who must not go on by one, as a walk through a tree
/// must not, asks for [#withoutLinks].
///
/// The [Entry] of a link is what is at its end, under the link's name, with [Entry#target]. Of one
/// that cannot be followed it stays the link's own.
public final class LinkFollowingStorage implements Storage {
    private final Storage storage;
    private final Changes changes;
    private final LinkWay way;

    /// What may be done in a directory that was reached over a link.
    public enum Changes {
        ALLOWED,
        /// Reading alone. For clients that cannot tell a link from a directory: they would remove
        /// one with all that its links lead to.
        DENIED_OVER_LINKS
    }

    /// @param covered paths of the store at which users see another
    public LinkFollowingStorage(Storage storage, Changes changes, List<VirtualPath> covered) {
        this.storage = storage;
        this.changes = changes;
        this.way = new LinkWay(storage, covered);
    }

    @Override
    public StorageAbilities abilities() {
        return storage.abilities();
    }

    @Override
    public VirtualPath end(VirtualPath path) throws StorageException {
        return way.end(path, path.names().size()).orElse(path);
    }

    @Override
    public Storage withoutLinks() {
        return storage;
    }

    @Override
    public Entry stat(VirtualPath path) throws StorageException {
        return inDirectory(
                path,
                at -> {
                    Entry entry = shown(storage.stat(at), !at.equals(path));
                    return entry.isLink() ? followed(at, entry, new LinkWay.Effort()) : entry;
                });
    }

    @Override
    public Optional<String> revision(VirtualPath file) throws StorageException {
        return atEnd(file, storage::revision);
    }

    @Override
    public long partialSize(VirtualPath path) throws StorageException {
        return atEnd(path, storage::partialSize);
    }

    @Override
    public boolean isHalfReplaced(VirtualPath file) throws StorageException {
        return atEnd(file, storage::isHalfReplaced);
    }

    @Override
    public DirectoryReader list(VirtualPath directory) throws StorageException {
        return atEnd(
                directory, at -> new FollowingReader(storage.list(at), at, !at.equals(directory)));
    }

    @Override
    public FileReader openForRead(VirtualPath file) throws StorageException {
        return atEnd(file, storage::openForRead);
    }

    @Override
    public Upload openForWrite(VirtualPath file, Placement placement) throws StorageException {
        return changeAtEnd(file, at -> storage.openForWrite(at, placement));
    }

    @Override
    public void createDirectory(VirtualPath directory) throws StorageException {
        changeInDirectory(directory, storage::createDirectory);
    }

    @Override
    public void createLink(VirtualPath link, VirtualPath target) throws StorageException {
        changeInDirectory(link, at -> storage.createLink(at, target));
    }

    @Override
    public void removeDirectory(VirtualPath directory) throws StorageException {
        changeInDirectory(directory, storage::removeDirectory);
    }

    @Override
    public void deleteFile(VirtualPath file) throws StorageException {
        changeInDirectory(file, storage::deleteFile);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws StorageException {
        changeInDirectory(from, old -> changeInDirectory(to, at -> storage.rename(old, at)));
    }

    @Override
    public void setModified(VirtualPath path, Instant modified) throws StorageException {
        changeAtEnd(path, doing(at -> storage.setModified(at, modified)));
    }

    @Override
    public long bytesAvailable(VirtualPath directory) throws StorageException {
        return atEnd(directory, storage::bytesAvailable);
    }

    @Override
    public void setMode(VirtualPath path, int mode) throws StorageException {
        changeAtEnd(path, doing(at -> storage.setMode(at, mode)));
    }

    /// Something that is tried at a path, and changes nothing where it fails.
    @FunctionalInterface
    private interface Attempt<T> {
        T at(VirtualPath path) throws StorageException;
    }

    /// An attempt that has no result.
    @FunctionalInterface
    private interface Action {
        void at(VirtualPath path) throws StorageException;
    }

    private static Attempt<VirtualPath> doing(Action action) {
        return path -> {
            action.at(path);
            return path;
        };
    }

    private <T> T changeAtEnd(VirtualPath path, Attempt<T> attempt) throws StorageException {
        return atEnd(
                path,
                at -> {
                    if (!at.equals(path)) {
                        requireChangeable(path);
                    }
                    return attempt.at(at);
                });
    }

    private void changeInDirectory(VirtualPath path, Action action) throws StorageException {
        inDirectory(
                path,
                doing(at -> {
                    if (!at.equals(path)) {
                        requireChangeable(path);
                    }
                    action.at(at);
                }));
    }

    private void requireChangeable(VirtualPath path) throws StorageException {
        if (changes == Changes.DENIED_OVER_LINKS
                && way.end(path, path.parent().names().size()).isPresent()) {
            throw new StorageException(Reason.NOT_PERMITTED, path + " is reached over a link");
        }
    }

    /// Tries it at `path`, or else where that ends.
    private <T> T atEnd(VirtualPath path, Attempt<T> attempt) throws StorageException {
        return following(path, path.names().size(), attempt);
    }

    /// Tries it at `path`, or else at its name where its directory ends.
    private <T> T inDirectory(VirtualPath path, Attempt<T> attempt) throws StorageException {
        return following(path, path.parent().names().size(), attempt);
    }

    /// Links are looked for where the store refused a path, so that one without costs nothing more.
    private <T> T following(VirtualPath path, int names, Attempt<T> attempt)
            throws StorageException {
        try {
            return attempt.at(path);
        } catch (StorageException failed) {
            boolean mayBeForALink =
                    failed.reason() == Reason.NOT_A_DIRECTORY
                            || failed.reason() == Reason.NOT_PERMITTED;
            if (!mayBeForALink) {
                throw failed;
            }
            return attempt.at(way.end(path, names).orElseThrow(() -> failed));
        }
    }

    /// A directory that is in itself by a link is the end of nobody's walk: who is not told of
    /// links would go around in it.
    private Entry followed(VirtualPath path, Entry link, LinkWay.Effort effort) {
        Optional<LinkWay.End> end = way.follow(path, link, effort);
        boolean isAround =
                changes == Changes.DENIED_OVER_LINKS
                        && end.filter(at -> path.startsWith(at.path())).isPresent();
        return end.isEmpty() || isAround ? link : end.get().entry().reachedBy(link);
    }

    private Entry shown(Entry entry, boolean overLinks) {
        return overLinks && changes == Changes.DENIED_OVER_LINKS
                ? entry.allowing(entry.access().forReading())
                : entry;
    }

    /// Shows what the links lead to, as long as that is not made to be costly. Belongs to one
    /// thread.
    private final class FollowingReader implements DirectoryReader {
        private final DirectoryReader entries; // owned
        private final VirtualPath directory;
        private final boolean overLinks;
        private final LinkWay.Effort effort = new LinkWay.Effort();

        FollowingReader(DirectoryReader entries, VirtualPath directory, boolean overLinks) {
            this.entries = entries;
            this.directory = directory;
            this.overLinks = overLinks;
        }

        @Override
        public @Nullable Entry next() throws StorageException {
            Entry entry = entries.next();
            if (entry == null) {
                return null;
            }
            Entry shown = shown(entry, overLinks);
            return shown.isLink() ? followed(directory.child(shown.name()), shown, effort) : shown;
        }

        @Override
        public void close() {
            entries.close();
        }
    }
}
