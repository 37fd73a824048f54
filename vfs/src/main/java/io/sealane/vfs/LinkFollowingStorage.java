package io.sealane.vfs;

import io.sealane.vfs.StorageException.Reason;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follow the symbolic links of a store, as far as they stay in it: what is done at a path that
/// leads over links is done where it ends. Immutable; as safe from any thread as the store is.
///
/// As POSIX has it: to remove or rename a link is about the link, to upload to one is about the
/// file that it leads to.
///
/// Security: the store itself still follows nothing. A link's text is read, and the way that it
/// tells is gone name by name, so links that are swapped in meanwhile lead nowhere, and none leads
/// out of the root. A path without links costs nothing more: links are looked for where the store
/// refused it.
///
/// The [Entry] of a link is what is at its end, under the link's name, with [Entry#target]. Of one
/// that cannot be followed it stays the link's own: there is nothing, it leads around in a circle,
/// its text is absolute or climbs above the root, or it leads to what is covered.
public final class LinkFollowingStorage implements Storage {
    /// Most links on one way, as in Linux.
    static final int LINKS_MAX = 40;

    private final Storage storage;
    private final Removal removal;
    private final List<VirtualPath> covered;

    /// What may be done with the names in a directory that was reached over a link.
    public enum Removal {
        ALLOWED,
        /// Nothing is removed or renamed there. For clients that cannot tell a link from a
        /// directory: they would remove one with all that its links lead to.
        DENIED_OVER_LINKS
    }

    /// @param covered paths of the store at which users see another. No link leads to one, below
    ///   it, or to a directory that one is in
    public LinkFollowingStorage(Storage storage, Removal removal, List<VirtualPath> covered) {
        this.storage = storage;
        this.removal = removal;
        this.covered = List.copyOf(covered);
    }

    @Override
    public StorageAbilities abilities() {
        return storage.abilities();
    }

    @Override
    public Entry stat(VirtualPath path) throws StorageException {
        return inDirectory(
                path,
                at -> {
                    Entry entry = shown(storage.stat(at), !at.equals(path));
                    return entry.isLink() ? followed(at.parent(), entry) : entry;
                });
    }

    @Override
    public Optional<String> revision(VirtualPath file) throws StorageException {
        return storage.revision(end(file));
    }

    @Override
    public long partialSize(VirtualPath path) throws StorageException {
        return storage.partialSize(end(path));
    }

    @Override
    public boolean isHalfReplaced(VirtualPath file) throws StorageException {
        return storage.isHalfReplaced(end(file));
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
        return atEnd(file, at -> storage.openForWrite(at, placement));
    }

    @Override
    public void createDirectory(VirtualPath directory) throws StorageException {
        inDirectory(directory, doing(storage::createDirectory));
    }

    @Override
    public void createLink(VirtualPath link, VirtualPath target) throws StorageException {
        inDirectory(link, doing(at -> storage.createLink(at, target)));
    }

    @Override
    public void removeDirectory(VirtualPath directory) throws StorageException {
        inDirectory(directory, doing(at -> storage.removeDirectory(removable(directory, at))));
    }

    @Override
    public void deleteFile(VirtualPath file) throws StorageException {
        inDirectory(file, doing(at -> storage.deleteFile(removable(file, at))));
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws StorageException {
        inDirectory(
                from,
                doing(source -> {
                    VirtualPath present = removable(from, source);
                    inDirectory(to, doing(target -> storage.rename(present, target)));
                }));
    }

    @Override
    public void setModified(VirtualPath path, Instant modified) throws StorageException {
        atEnd(path, doing(at -> storage.setModified(at, modified)));
    }

    @Override
    public long bytesAvailable(VirtualPath directory) throws StorageException {
        return atEnd(directory, storage::bytesAvailable);
    }

    @Override
    public void setMode(VirtualPath path, int mode) throws StorageException {
        atEnd(path, doing(at -> storage.setMode(at, mode)));
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

    /// Tries it at `path`, or else where that ends.
    private <T> T atEnd(VirtualPath path, Attempt<T> attempt) throws StorageException {
        try {
            return attempt.at(path);
        } catch (StorageException failed) {
            if (!mayBeForALink(failed)) {
                throw failed;
            }
            return attempt.at(follow(VirtualPath.ROOT, path.names()).orElseThrow(() -> failed));
        }
    }

    /// Tries it at `path`, or else at its name where its directory ends.
    private <T> T inDirectory(VirtualPath path, Attempt<T> attempt) throws StorageException {
        try {
            return attempt.at(path);
        } catch (StorageException failed) {
            if (!mayBeForALink(failed) || path.isRoot()) {
                throw failed;
            }
            VirtualPath directory =
                    follow(VirtualPath.ROOT, path.parent().names()).orElseThrow(() -> failed);
            return attempt.at(directory.child(path.name()));
        }
    }

    /// What a store says to a link that it should have followed.
    private static boolean mayBeForALink(StorageException failed) {
        return failed.reason() == Reason.NOT_A_DIRECTORY || failed.reason() == Reason.NOT_PERMITTED;
    }

    /// Where `path` ends; for what a store does without looking at its last name.
    private VirtualPath end(VirtualPath path) throws StorageException {
        return atEnd(
                path,
                at -> {
                    try {
                        if (storage.stat(at).kind() == Entry.Kind.LINK) {
                            throw new StorageException(Reason.NOT_PERMITTED, at + " is a link");
                        }
                    } catch (StorageException failed) {
                        if (failed.reason() != Reason.NOT_FOUND) {
                            throw failed;
                        }
                    }
                    return at;
                });
    }

    /// Goes on from `from`, a directory that no link leads to. Nothing needs to be at the end.
    ///
    /// @return empty if there is no link on the way, or one that cannot be followed
    private Optional<VirtualPath> follow(VirtualPath from, List<String> names)
            throws StorageException {
        VirtualPath reached = from;
        Deque<String> left = new ArrayDeque<>(names);
        int links = 0;
        while (!left.isEmpty()) {
            String name = left.pop();
            Optional<VirtualPath> next = VirtualPath.resolve(reached, name);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            Optional<Entry> link =
                    next.get().startsWith(reached) && !next.get().equals(reached)
                            ? linkAt(next.get(), left.isEmpty())
                            : Optional.empty();
            if (link.isEmpty()) {
                reached = next.get();
            } else if (link.get().target().isPresent() && links < LINKS_MAX) {
                links++;
                pushAll(link.get().target().get(), left);
            } else {
                return Optional.empty();
            }
        }
        return links == 0 || isCovered(reached) ? Optional.empty() : Optional.of(reached);
    }

    /// @param isLast whether there may be nothing, or no directory
    private Optional<Entry> linkAt(VirtualPath path, boolean isLast) throws StorageException {
        try {
            Entry entry = storage.stat(path);
            if (entry.kind() == Entry.Kind.LINK) {
                return Optional.of(entry);
            }
            if (!isLast && !entry.isDirectory()) {
                throw new StorageException(Reason.NOT_A_DIRECTORY, path + " is on the way");
            }
        } catch (StorageException failed) {
            if (!isLast || failed.reason() != Reason.NOT_FOUND) {
                throw failed;
            }
        }
        return Optional.empty();
    }

    private static void pushAll(String text, Deque<String> left) {
        List.of(text.split("/", -1)).reversed().forEach(left::push);
    }

    /// Security: a mount's policy is its own, and what is below a mount point is nobody's to see.
    private boolean isCovered(VirtualPath path) {
        return covered.stream().anyMatch(at -> at.startsWith(path) || path.startsWith(at));
    }

    /// What a link leads to, or the link.
    private Entry followed(VirtualPath directory, Entry link) {
        try {
            Optional<VirtualPath> end = follow(directory, List.of(link.name()));
            return end.isEmpty() ? link : storage.stat(end.get()).reachedBy(link);
        } catch (StorageException _) {
            return link; // It leads nowhere, and is no reason to end a listing.
        }
    }

    private Entry shown(Entry entry, boolean overLinks) {
        Access access = entry.access();
        return overLinks && removal == Removal.DENIED_OVER_LINKS
                ? entry.allowing(new Access(access.read(), access.write(), access.enter(), false))
                : entry;
    }

    /// @param reached where `path` led
    private VirtualPath removable(VirtualPath path, VirtualPath reached) throws StorageException {
        if (removal == Removal.DENIED_OVER_LINKS && !reached.equals(path)) {
            throw new StorageException(Reason.NOT_PERMITTED, path + " is reached over a link");
        }
        return reached;
    }

    /// Shows what the links lead to. Belongs to one thread.
    private final class FollowingReader implements DirectoryReader {
        private final DirectoryReader entries; // owned
        private final VirtualPath directory;
        private final boolean overLinks;

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
            return shown.isLink() ? followed(directory, shown) : shown;
        }

        @Override
        public void close() {
            entries.close();
        }
    }
}
