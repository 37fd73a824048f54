package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.event.Event;
import io.sealane.core.event.Event.StoreChanged.Change;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.wire.Blanks;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.OctetRange;
import io.sealane.core.wire.QuotedPaths;
import io.sealane.core.wire.Reply;
import io.sealane.core.work.AbortedException;
import io.sealane.core.work.Places;
import io.sealane.core.work.StoredOctets;
import io.sealane.core.work.WorkProgress;
import io.sealane.vfs.Entry;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.Placement;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.Upload;
import io.sealane.vfs.VirtualPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// COMB (Globalscape's, also of CuteFTP and ICS), and SITE COPY, CPFR and CPTO (ProFTPD's): files
/// made of files, without a client in between. What they make is an upload of the store: it becomes
/// visible in one step or not at all, and an aborted one leaves nothing behind.
final class CopyCommands {
    /// Most parts of one COMB. CuteFTP splits into 40 at most; all are looked at before the first
    /// is read.
    static final int COMB_PARTS_MAX = 1000;

    private final StoreAccess store;
    private final StoredOctets stored;
    private final Places places;

    CopyCommands(Services services) {
        this.store = new StoreAccess(services);
        this.stored = new StoredOctets(services.setup().buffers());
        this.places = services.copies();
    }

    /// COMB appends parts to a file, which need not be there yet, and removes them.
    Outcome comb(CommandLine command, Member state) {
        return QuotedPaths.partedByBlanks(command.argument())
                .filter(texts -> texts.size() >= 2 && texts.size() <= COMB_PARTS_MAX + 1)
                .map(texts -> store.atAll(texts, state, paths -> comb(paths, state)))
                .orElseGet(() -> say(Reply.COMB_SYNTAX, state));
    }

    private Outcome comb(List<VirtualPath> paths, Member state) throws StorageException {
        // A part named twice would be removed twice, a target among them at all.
        Set<VirtualPath> ends = new HashSet<>();
        for (VirtualPath path : paths) {
            if (!ends.add(state.storage().end(path))) {
                return say(Reply.COMB_TWICE, state);
            }
        }
        VirtualPath target = paths.getFirst();
        List<VirtualPath> parts = paths.subList(1, paths.size());
        return store.work(
                state,
                target.toString(),
                places,
                progress -> combine(target, parts, state, progress));
    }

    private Reply combine(
            VirtualPath target, List<VirtualPath> parts, Member state, WorkProgress progress)
            throws StorageException, AbortedException {
        Storage storage = state.storage();
        List<Entry> found = new ArrayList<>();
        for (VirtualPath part : parts) {
            found.add(file(part, storage));
        }
        Optional<Entry> before = find(target, storage);
        List<VirtualPath> sources = new ArrayList<>(parts);
        if (before.isPresent()) {
            sources.addFirst(target);
        }
        join(sources, openUnchanged(target, before, state), state, progress);
        store.tell(Change.COMBINED, target, Event.StoreChanged.NOTHING, state);
        boolean allRemoved = true;
        for (int number = 0; number < parts.size(); number++) {
            allRemoved &= remove(parts.get(number), found.get(number), storage);
        }
        // A success in any case: who is told of a failure tries again, and has all of it twice.
        return Reply.fileActionDone(
                allRemoved ? "Combined." : "Combined, but not every part could be removed.");
    }

    /// Removes a part, unless it is not any more what was combined.
    private boolean remove(VirtualPath part, Entry combined, Storage storage) {
        try {
            if (!storage.stat(part).equals(combined)) {
                return false;
            }
            storage.deleteFile(part);
            return true;
        } catch (StorageException failed) {
            Reply ignored = store.refusal(part.toString(), failed);
            return false;
        }
    }

    /// SITE COPY, both paths in one command.
    Outcome copy(String argument, Member state) {
        return QuotedPaths.partedByBlanks(argument)
                .filter(paths -> paths.size() == 2)
                .map(texts ->
                        store.atAll(
                                texts,
                                state,
                                paths -> copy(paths.getFirst(), paths.getLast(), state)))
                .orElseGet(() -> say(Reply.COPY_SYNTAX, state));
    }

    /// SITE CPFR. Everything behind it is the path, quotes or none.
    Outcome copyFrom(String argument, Member state) {
        if (Blanks.only(argument)) {
            return say(Reply.ARGUMENT_NEEDED, state);
        }
        return store.at(
                argument,
                state,
                path -> {
                    Entry ignored = file(path, state.storage());
                    return say(
                            Reply.COPY_TO_PLEASE, state.with(state.settings().withCopyFrom(path)));
                });
    }

    /// SITE CPTO.
    Outcome copyTo(String argument, Optional<VirtualPath> from, Member state) {
        if (Blanks.only(argument)) {
            return say(Reply.ARGUMENT_NEEDED, state);
        }
        return from.map(source -> store.at(argument, state, to -> copy(source, to, state)))
                .orElseGet(() -> say(Reply.CPFR_FIRST, state));
    }

    private Outcome copy(VirtualPath from, VirtualPath to, Member state) {
        return store.work(
                state,
                from.toString(),
                places,
                progress -> {
                    join(
                            List.of(from),
                            StoreAccess.openForWrite(to, new Placement.Replace(), state),
                            state,
                            progress);
                    store.tell(Change.COPIED, from, to.toString(), state);
                    return Reply.fileActionDone("Copied.");
                });
    }

    /// Begins what is to replace `before`, and nothing that others store there from then on: it
    /// would be lost, as it would of a file that is appended to.
    private static Upload openUnchanged(VirtualPath target, Optional<Entry> before, Member state)
            throws StorageException {
        Upload upload = StoreAccess.openForWrite(target, new Placement.ReplaceUnchanged(), state);
        try {
            if (!find(target, state.storage()).equals(before)) {
                throw new StorageException(Reason.BUSY, target + " has just changed");
            }
            return upload;
        } catch (StorageException | RuntimeException | Error failed) {
            upload.discard();
            throw failed;
        }
    }

    /// Publishes the contents of `sources`, one behind the other, by `begun`, which it closes.
    private void join(List<VirtualPath> sources, Upload begun, Member state, WorkProgress progress)
            throws StorageException, AbortedException {
        try (Upload upload = begun) {
            try {
                for (VirtualPath source : sources) {
                    append(source, upload, state.storage(), progress);
                }
                upload.publish();
            } catch (StorageException | AbortedException | RuntimeException | Error failed) {
                upload.discard(); // Nobody resumes it.
                throw failed;
            }
        }
    }

    private void append(VirtualPath source, Upload upload, Storage storage, WorkProgress progress)
            throws StorageException, AbortedException {
        try (FileReader file = storage.openForRead(source)) {
            OctetRange all = OctetRange.WHOLE.within(file.size());
            stored.read(file, all, progress, upload::write);
        }
    }

    private static Entry file(VirtualPath path, Storage storage) throws StorageException {
        Entry entry = storage.stat(path);
        if (entry.isDirectory()) {
            throw new StorageException(Reason.IS_A_DIRECTORY, path + " as a source");
        }
        return entry;
    }

    private static Optional<Entry> find(VirtualPath path, Storage storage) throws StorageException {
        try {
            return Optional.of(storage.stat(path));
        } catch (StorageException failed) {
            if (failed.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw failed;
        }
    }
}
