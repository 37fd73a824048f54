package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.event.Event;
import io.sealane.core.event.Event.StoreChanged.Change;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.QuotedPaths;
import io.sealane.core.wire.Reply;
import io.sealane.core.work.AbortedException;
import io.sealane.core.work.Places;
import io.sealane.core.work.WorkProgress;
import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.VirtualPath;
import java.util.List;
import java.util.Optional;

/// DSIZ and RMDA, which go through whole trees and not on by links (expired
/// draft-peterson-streamlined-ftp-command-extensions), and SITE SYMLINK (ProFTPD's).
///
/// A walk is as deep as a path can be, though trees that were renamed into others may be deeper. It
/// holds one open directory for each level, and ends at the next entry after ABOR.
final class TreeCommands {
    private final StoreAccess store;
    private final TlsGate tls;
    private final Places places;

    TreeCommands(Services services) {
        store = new StoreAccess(services);
        places = services.walks();
        tls = new TlsGate(services);
    }

    /// DSIZ: octets of all files in a directory and the directories below it.
    Outcome dsiz(CommandLine command, Member state) {
        return store.at(
                command.argument(),
                state,
                path ->
                        store.work(
                                state,
                                path.toString(),
                                places,
                                progress -> {
                                    Storage storage = state.storage();
                                    long size =
                                            new Sizing(storage.withoutLinks(), state, progress)
                                                    .of(storage.end(path));
                                    return Reply.fileStatus(Long.toString(size));
                                }));
    }

    /// The way through a tree whose size is asked for.
    private final class Sizing {
        private final Storage storage;
        private final Member state;
        private final WorkProgress progress;

        Sizing(Storage storage, Member state, WorkProgress progress) {
            this.storage = storage;
            this.state = state;
            this.progress = progress;
        }

        long of(VirtualPath directory) throws StorageException, AbortedException {
            if (!tls.opens(state, directory)) {
                throw new StorageException(
                        Reason.NOT_PERMITTED, directory + " is closed by TLS policy");
            }
            requireReach(directory);
            long size = 0;
            try (DirectoryReader entries = storage.list(directory)) {
                Entry entry = entries.next();
                while (entry != null) {
                    progress.moved(0);
                    size += of(directory.child(entry.name()), entry);
                    entry = entries.next();
                }
            }
            return size;
        }

        private long of(VirtualPath path, Entry entry) throws StorageException, AbortedException {
            return switch (entry.kind()) {
                case FILE -> entry.size();
                case DIRECTORY -> {
                    try {
                        yield of(path);
                    } catch (StorageException failed) {
                        yield switch (failed.reason()) {
                            case NOT_FOUND, NOT_A_DIRECTORY -> 0; // another by now, or nothing
                            default -> throw failed;
                        };
                    }
                }
                case LINK, OTHER -> 0;
            };
        }
    }

    /// Each level costs stack and a descriptor.
    private static void requireReach(VirtualPath directory) throws StorageException {
        if (directory.names().size() > VirtualPath.NAMES_MAX) {
            throw new StorageException(Reason.BAD_NAME, "a tree is deeper than a path may be");
        }
    }

    /// RMDA: a directory and all that is in it. What is gone when it fails or is aborted stays
    /// gone, and the reply says so.
    Outcome rmda(CommandLine command, Member state) {
        return store.at(
                command.argument(),
                state,
                path ->
                        store.work(
                                state,
                                path.toString(),
                                places,
                                progress -> removeTree(path, state, progress)));
    }

    /// Security: beyond the directory that `path` is in no link is followed, not even one that
    /// somebody puts in the place of a directory meanwhile.
    private Reply removeTree(VirtualPath path, Member state, WorkProgress progress)
            throws StorageException, AbortedException {
        Storage storage = state.storage();
        Entry entry = storage.stat(path);
        if (!entry.isDirectory() || entry.isLink()) {
            throw new StorageException(Reason.NOT_A_DIRECTORY, "RMDA " + path);
        }
        VirtualPath top = storage.end(path.parent()).descendant(path.relativeTo(path.parent()));
        Removal removal = new Removal(storage.withoutLinks(), progress);
        try {
            removal.remove(top, entry);
            tell(Change.TREE_REMOVED, path, state);
            return Reply.fileActionDone("Directory removed.");
        } catch (AbortedException aborted) {
            if (removal.hasBegun()) {
                tell(Change.TREE_PARTLY_REMOVED, path, state);
                return Reply.REMOVAL_ABORTED;
            }
            throw aborted;
        } catch (StorageException failed) {
            if (removal.hasBegun()) {
                tell(Change.TREE_PARTLY_REMOVED, path, state);
                return Reply.removalStopped(store.refusal(path.toString(), failed).code());
            }
            throw failed;
        }
    }

    private void tell(Change change, VirtualPath path, Member state) {
        store.tell(change, path, Event.StoreChanged.NOTHING, state);
    }

    /// The way through a tree that is to go.
    private static final class Removal {
        private final Storage storage;
        private final WorkProgress progress;
        private boolean begun;

        Removal(Storage storage, WorkProgress progress) {
            this.storage = storage;
            this.progress = progress;
        }

        /// Whether something is gone.
        boolean hasBegun() {
            return begun;
        }

        /// Asks for the right to remove a directory before it touches what is in it: mount points
        /// stay, and so does what they hold.
        void remove(VirtualPath path, Entry entry) throws StorageException, AbortedException {
            progress.moved(0);
            if (!entry.isDirectory()) {
                storage.deleteFile(path);
                begun = true;
                return;
            }
            if (!entry.access().remove()) {
                throw new StorageException(Reason.NOT_PERMITTED, "RMDA at " + path);
            }
            requireReach(path);
            try (DirectoryReader entries = storage.list(path)) {
                Entry inside = entries.next();
                while (inside != null) {
                    remove(path.child(inside.name()), inside);
                    inside = entries.next();
                }
            }
            storage.removeDirectory(path);
            begun = true;
        }
    }

    /// SITE SYMLINK: a link to something in the same tree.
    ///
    /// Security: its text is made from two paths of the tree, relative and without a step above the
    /// root, whatever the client sent.
    Outcome symlink(String argument, Member state) {
        Optional<List<String>> paths =
                QuotedPaths.partedByBlanks(argument).filter(texts -> texts.size() == 2);
        if (paths.isEmpty()) {
            return say(Reply.SYMLINK_SYNTAX, state);
        }
        return store.atAll(
                paths.get(),
                state,
                both -> {
                    state.storage().createLink(both.getLast(), both.getFirst());
                    return say(Reply.parameterSet("Link created."), state);
                });
    }
}
