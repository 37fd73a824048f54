package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.event.Event;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.transfer.StorageReplies;
import io.sealane.core.wire.Reply;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.VirtualPath;
import java.util.Optional;

/// How commands touch the store: the path is parsed first, and a failure becomes its reply, and a
/// log line if it is the store's own.
final class StoreAccess {
    /// Something done in the store.
    @FunctionalInterface
    interface Action {
        Outcome run() throws StorageException;
    }

    /// Something done at a path.
    @FunctionalInterface
    interface PathAction {
        Outcome run(VirtualPath path) throws StorageException;
    }

    private final Services services;

    StoreAccess(Services services) {
        this.services = services;
    }

    /// Runs `action` at the path that `text` names, seen from the current directory.
    Outcome at(String text, Member state, PathAction action) {
        Optional<VirtualPath> path = VirtualPath.resolve(state.cwd(), text);
        if (path.isEmpty()) {
            return say(Reply.PATH_SYNTAX, state);
        }
        return attempt(state, path.get().toString(), () -> action.run(path.get()));
    }

    Outcome attempt(Member state, String what, Action action) {
        try {
            return action.run();
        } catch (StorageException failed) {
            if (failed.reason() == StorageException.Reason.BROKEN) {
                String cause = String.valueOf(failed.getMessage());
                services.setup()
                        .events()
                        .accept(new Event.StorageFailed(services.client().session(), what, cause));
            }
            return say(StorageReplies.replyTo(failed), state);
        }
    }
}
