package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.Reply;
import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.VirtualPath;
import java.util.OptionalInt;

/// CWD, CDUP, PWD, MKD, RMD (RFC 959 sections 4.1.1 and 4.1.3), and AVBL (expired
/// draft-peterson-streamlined-ftp-command-extensions).
final class DirectoryCommands {
    private static final int DIRECTORY_MODE = 0777;

    private final StoreAccess store;

    DirectoryCommands(Services services) {
        store = new StoreAccess(services);
    }

    Outcome cwd(CommandLine command, Member state) {
        return store.at(command.argument(), state, path -> enter(path, state));
    }

    Outcome cdup(Member state) {
        return store.at("..", state, path -> enter(path, state));
    }

    Outcome pwd(Member state) {
        return say(Reply.currentDirectory(state.cwd().toString()), state);
    }

    Outcome mkd(CommandLine command, Member state) {
        return store.at(
                command.argument(),
                state,
                path -> {
                    create(path, state);
                    return say(Reply.directoryCreated(path.toString()), state);
                });
    }

    /// Creates a directory with the permissions that SITE UMASK leaves it.
    static void create(VirtualPath path, Member state) throws StorageException {
        state.storage().createDirectory(path);
        OptionalInt umask = state.settings().umask();
        if (umask.isPresent()) {
            try {
                VirtualPath made = state.storage().end(path.parent()).child(path.name());
                state.storage().withoutLinks().setMode(made, DIRECTORY_MODE & ~umask.getAsInt());
            } catch (StorageException refused) {
                StoreAccess.undo(refused, () -> state.storage().removeDirectory(path));
                throw refused;
            }
        }
    }

    /// AVBL: octets that can still be stored in a directory.
    Outcome avbl(CommandLine command, Member state) {
        return store.at(
                command.argument(),
                state,
                path ->
                        say(
                                Reply.fileStatus(
                                        Long.toString(state.storage().bytesAvailable(path))),
                                state));
    }

    Outcome rmd(CommandLine command, Member state) {
        return store.at(
                command.argument(),
                state,
                path ->
                        say(
                                remove(path, state, Reply.fileActionDone("Directory removed.")),
                                state));
    }

    /// Removes an empty directory.
    ///
    /// @return `done`, or why a directory that looks empty is not
    static Reply remove(VirtualPath path, Member state, Reply done) throws StorageException {
        try {
            state.storage().removeDirectory(path);
            return done;
        } catch (StorageException failed) {
            if (failed.reason() == Reason.NOT_EMPTY && isSeenEmpty(path, state)) {
                return Reply.NOT_EMPTY_UNSEEN;
            }
            throw failed;
        }
    }

    /// Whether a listing shows nothing, or may not be made: what nobody can name keeps the
    /// directory.
    private static boolean isSeenEmpty(VirtualPath directory, Member state)
            throws StorageException {
        try (DirectoryReader entries = state.storage().list(directory)) {
            return entries.next() == null;
        } catch (StorageException failed) {
            if (failed.reason() == Reason.DENIED_BY_HOST) {
                return true;
            }
            throw failed;
        }
    }

    private static Outcome enter(VirtualPath path, Member state) throws StorageException {
        if (!state.storage().stat(path).isDirectory()) {
            return say(Reply.NOT_A_DIRECTORY, state);
        }
        return say(Reply.directoryChanged(path.toString()), state.in(path));
    }
}
