package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.Reply;
import io.sealane.core.wire.TimeVal;
import io.sealane.vfs.Entry;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.VirtualPath;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SIZE, MDTM, MFMT, MFF, DELE, RNFR, RNTO (RFC 959 section 4.1.3, RFC 3659, and the expired
/// draft-somers-ftp-mfxx).
final class FileCommands {
    private static final Pattern TIME_AND_PATH =
            Pattern.compile("(?s)(\\d{14}(?:\\.\\d{1,9})?) (.+)");
    private static final Pattern MODE = Pattern.compile("[0-7]{3,4}");
    private static final int PERMISSION_BITS = 0777;

    private final StoreAccess store;

    FileCommands(Services services) {
        store = new StoreAccess(services);
    }

    /// SIZE is the number of octets in the store, for TYPE A too: clients use it to see whether a
    /// file is there. Of an upload that broke off and can be resumed it is what came of it.
    ///
    /// Interop: where that upload was to replace a file there is no answer, but to the session that
    /// was told what became of it. Clients ask how much of what they sent is there (lftp by itself,
    /// when a connection broke), and would put the rest behind the old content, or take a long old
    /// file for the whole new one.
    Outcome size(CommandLine command, Member state) {
        return store.at(
                command.argument(),
                state,
                path -> say(Reply.fileStatus(Long.toString(sizeAt(path, state))), state));
    }

    private static long sizeAt(VirtualPath path, Member state) throws StorageException {
        Entry entry;
        try {
            entry = state.storage().stat(path);
        } catch (StorageException failed) {
            if (failed.reason() == Reason.NOT_FOUND) {
                return state.storage().partialSize(path);
            }
            throw failed;
        }
        if (entry.kind() == Entry.Kind.LINK) { // Of what it leads to there may be a partial.
            return state.storage().partialSize(path);
        }
        if (!entry.isFile()) {
            throw new StorageException(Reason.IS_A_DIRECTORY, "SIZE of " + entry.kind());
        }
        boolean wasTold = state.settings().lastUpload().filter(path::equals).isPresent();
        if (!wasTold && state.storage().isHalfReplaced(path)) {
            throw new StorageException(Reason.HALF_REPLACED, "SIZE of " + path);
        }
        return entry.size();
    }

    /// MDTM; with a time in front of the path it sets it, as older clients do, unless a file of
    /// that whole name exists.
    Outcome mdtm(CommandLine command, Member state) {
        Matcher form = TIME_AND_PATH.matcher(command.argument());
        Optional<Instant> time = form.matches() ? TimeVal.parse(form.group(1)) : Optional.empty();
        if (time.isPresent() && !store.isThere(command.argument(), state)) {
            return setModified(form.group(2), time.get(), state);
        }
        return store.at(
                command.argument(),
                state,
                path -> {
                    Instant modified = state.storage().stat(path).modified();
                    return say(Reply.fileStatus(TimeVal.format(modified)), state);
                });
    }

    Outcome mfmt(CommandLine command, Member state) {
        Matcher form = TIME_AND_PATH.matcher(command.argument());
        Optional<Instant> time = form.matches() ? TimeVal.parse(form.group(1)) : Optional.empty();
        return time.isEmpty()
                ? say(Reply.TIME_SYNTAX, state)
                : setModified(form.group(2), time.get(), state);
    }

    /// MFF sets facts as MLST shows them, and none of them where one is unknown or malformed.
    Outcome mff(CommandLine command, Member state) {
        String[] words = command.argument().split(" ", 2);
        String facts = words[0];
        if (words.length < 2 || words[1].isEmpty() || !facts.endsWith(";")) {
            return say(Reply.FACTS_SYNTAX, state);
        }
        Optional<Instant> modified = Optional.empty();
        Optional<Integer> mode = Optional.empty();
        StringBuilder set = new StringBuilder();
        // Security: no pattern for all of them; one that repeats a group recurses for each fact.
        for (String fact : facts.substring(0, facts.length() - 1).split(";", -1)) {
            int equals = fact.indexOf('=');
            if (equals < 1) {
                return say(Reply.FACTS_SYNTAX, state);
            }
            String value = fact.substring(equals + 1);
            switch (fact.substring(0, equals).toLowerCase(Locale.ROOT)) {
                case "modify" -> {
                    modified = TimeVal.parse(value);
                    if (modified.isEmpty()) {
                        return say(Reply.FACTS_SYNTAX, state);
                    }
                    set.append(fact).append(';');
                }
                case "unix.mode" -> {
                    if (!MODE.matcher(value).matches()) {
                        return say(Reply.FACTS_SYNTAX, state);
                    }
                    int bits = Integer.parseInt(value, 8) & PERMISSION_BITS;
                    mode = Optional.of(bits);
                    set.append(fact, 0, equals + 1)
                            .append(String.format(Locale.ROOT, "%04o;", bits));
                }
                default -> {
                    return say(Reply.FACTS_UNSUPPORTED, state);
                }
            }
        }
        return setFacts(words[1], set.toString(), modified, mode, state);
    }

    private Outcome setFacts(
            String text,
            String facts,
            Optional<Instant> modified,
            Optional<Integer> mode,
            Member state) {
        return store.at(
                text,
                state,
                path -> {
                    if (modified.isPresent() && mode.isPresent()) {
                        setBoth(path, modified.get(), mode.get(), state.storage());
                    } else if (modified.isPresent()) {
                        state.storage().setModified(path, modified.get());
                    } else if (mode.isPresent()) {
                        state.storage().setMode(path, mode.get());
                    }
                    return say(Reply.fileStatus(facts + " " + path), state);
                });
    }

    /// Both or neither: either may be refused.
    private static void setBoth(VirtualPath path, Instant modified, int mode, Storage storage)
            throws StorageException {
        Instant old = storage.stat(path).modified();
        storage.setModified(path, modified);
        try {
            storage.setMode(path, mode);
        } catch (StorageException refused) {
            StoreAccess.undo(refused, () -> storage.setModified(path, old));
            throw refused;
        }
    }

    private Outcome setModified(String text, Instant time, Member state) {
        return store.at(
                text,
                state,
                path -> {
                    state.storage().setModified(path, time);
                    String facts = "Modify=" + TimeVal.format(time) + "; " + path;
                    return say(Reply.fileStatus(facts), state);
                });
    }

    Outcome dele(CommandLine command, Member state) {
        return store.at(
                command.argument(),
                state,
                path -> {
                    state.storage().deleteFile(path);
                    return say(Reply.fileActionDone("File deleted."), state);
                });
    }

    Outcome rnfr(CommandLine command, Member state) {
        return store.at(
                command.argument(),
                state,
                path -> {
                    state.storage().stat(path);
                    return say(
                            Reply.RENAME_TO_PLEASE,
                            state.with(state.settings().withRenameFrom(path)));
                });
    }

    Outcome rnto(CommandLine command, Member state) {
        Member after = state.with(state.settings().withoutRenameFrom());
        return state.settings()
                .renameFrom()
                .map(from ->
                        store.at(
                                command.argument(),
                                after,
                                to -> {
                                    after.storage().rename(from, to);
                                    return say(Reply.fileActionDone("Renamed."), after);
                                }))
                .orElseGet(() -> say(Reply.RNFR_FIRST, after));
    }
}
