package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.event.Event;
import io.sealane.core.event.Event.StoreChanged.Change;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.transfer.StorageReplies;
import io.sealane.core.wire.Reply;
import io.sealane.core.work.AbortedException;
import io.sealane.core.work.Places;
import io.sealane.core.work.WorkProgress;
import io.sealane.vfs.Placement;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.Upload;
import io.sealane.vfs.VirtualPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// How commands touch the store: the path is parsed first, its mount's policy asked, and a failure
/// becomes its reply, and a log line if it is the store's own.
final class StoreAccess {
    /// Something done at a path.
    @FunctionalInterface
    interface PathAction {
        Outcome run(VirtualPath path) throws StorageException;
    }

    /// Something done at several paths.
    @FunctionalInterface
    interface PathsAction {
        Outcome run(List<VirtualPath> paths) throws StorageException;
    }

    /// Something that may take long, done in the store.
    @FunctionalInterface
    interface Task {
        Reply run(WorkProgress progress) throws StorageException, AbortedException;
    }

    private static final int FILE_MODE = 0666;

    private final Services services;
    private final TlsGate tls;

    StoreAccess(Services services) {
        this.services = services;
        this.tls = new TlsGate(services);
    }

    /// Runs `action` at the path that `text` names, seen from the current directory.
    Outcome at(String text, Member state, PathAction action) {
        return atAll(List.of(text), state, paths -> action.run(paths.getFirst()));
    }

    /// Runs `action` at all the paths that `texts` name, or at none if policy closes one of them.
    ///
    /// Security: whatever a client names comes through here, so that no command touches what TLS
    /// policy closes.
    Outcome atAll(List<String> texts, Member state, PathsAction action) {
        List<VirtualPath> paths = new ArrayList<>();
        for (String text : texts) {
            Optional<VirtualPath> path = VirtualPath.resolve(state.cwd(), text);
            if (path.isEmpty()) {
                return say(Reply.PATH_TOO_LONG, state);
            }
            Optional<Reply> refusal = tls.refusal(state, path.get());
            if (refusal.isPresent()) {
                return say(refusal.get(), state);
            }
            paths.add(path.get());
        }
        try {
            return action.run(paths);
        } catch (StorageException failed) {
            String what =
                    paths.stream().map(VirtualPath::toString).collect(Collectors.joining(", "));
            return say(refusal(what, failed), state);
        }
    }

    /// Whether a name that can be read in more than one way is one of something in the store, as
    /// far as can be told. What policy closes is not looked at.
    boolean isThere(String text, Member state) {
        Optional<VirtualPath> path = VirtualPath.resolve(state.cwd(), text);
        if (path.isEmpty() || tls.refusal(state, path.get()).isPresent()) {
            return false;
        }
        try {
            state.storage().stat(path.get());
            return true;
        } catch (StorageException failed) {
            return failed.reason() != Reason.NOT_FOUND && failed.reason() != Reason.NOT_A_DIRECTORY;
        }
    }

    /// Begins an upload, whose permissions are what SITE UMASK left of them.
    static Upload openForWrite(VirtualPath path, Placement placement, Member state)
            throws StorageException {
        Upload upload = state.storage().openForWrite(path, placement);
        OptionalInt umask = state.settings().umask();
        if (umask.isPresent()) {
            try {
                upload.setModeWhenNew(FILE_MODE & ~umask.getAsInt());
            } catch (StorageException failed) {
                upload.withdraw();
                throw failed;
            }
        }
        return upload;
    }

    /// One step in the store.
    @FunctionalInterface
    interface Step {
        void run() throws StorageException;
    }

    /// Takes back what was done before `refused`, which is what the client is told of.
    static void undo(StorageException refused, Step step) {
        try {
            step.run();
        } catch (StorageException left) {
            refused.addSuppressed(left);
        }
    }

    /// Has `task` run beside the session, and its failure answered as those of the others are.
    Outcome work(Member state, String what, Task task) {
        return new Outcome.Worked(
                progress -> {
                    try {
                        return task.run(progress);
                    } catch (StorageException failed) {
                        return refusal(what, failed);
                    }
                },
                what,
                state);
    }

    /// As [#work], if one of `places` is free.
    Outcome work(Member state, String what, Places places, Task task) {
        return work(
                state,
                what,
                progress -> {
                    Optional<Places.Place> free = places.take();
                    if (free.isEmpty()) {
                        return Reply.TRY_LATER;
                    }
                    try (Places.Place _ = free.get()) {
                        return task.run(progress);
                    }
                });
    }

    /// Tells the log of what the store was not asked for in one.
    void tell(Change change, VirtualPath path, String to, Member state) {
        services.setup()
                .events()
                .accept(
                        new Event.StoreChanged(
                                services.client().session(),
                                state.account().name().text(),
                                change,
                                path.toString(),
                                to));
    }

    /// What is answered to a failure of the store.
    Reply refusal(String what, StorageException failed) {
        boolean isTold =
                failed.reason().isAtWill()
                        ? services.denialsTold().isDue() // A client may ask a thousand times.
                        : failed.reason().isOfHost();
        if (isTold) {
            String cause = String.valueOf(failed.getMessage());
            services.setup()
                    .events()
                    .accept(new Event.StorageFailed(services.client().session(), what, cause));
        }
        return StorageReplies.replyTo(failed);
    }
}
