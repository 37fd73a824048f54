package io.sealane.core.command;

import io.sealane.core.command.Listing.Subject.Matching;
import io.sealane.core.transfer.LineSource;
import io.sealane.core.wire.NamePattern;
import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.VirtualPath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// One line for each path that a way of names and patterns leads to. A directory for each pattern
/// is open at a time. A pattern does not go on by links, of which as many ways can be made as
/// nobody waits for. Belongs to one thread.
final class MatchedLines implements LineSource {
    /// Most names behind the first pattern, it included, and so of directories held open.
    static final int LEVELS_MAX = 8;

    /// What opening a directory counts for, in entries looked at.
    private static final int DIRECTORY_ENTRIES = 32;

    /// A directory being read for what the name at `step` stands for.
    private record Level(
            VirtualPath directory,
            String prefix,
            int step,
            EntryFilter filter,
            DirectoryReader entries) {}

    private final Listing listing;
    private final Listing walked;
    private final List<String> names;
    private final Deque<Level> levels = new ArrayDeque<>(); // owned
    private int count;
    private int opened;

    MatchedLines(Listing listing, Matching matching) throws StorageException {
        this.listing = listing;
        this.walked = listing.withoutLinks();
        this.names = matching.names();
        open(matching.directory(), matching.prefix(), 0, toGoOn(matching.directory()));
    }

    @Override
    public Step next(StringBuilder line) throws StorageException {
        int before = opened;
        for (int seen = 0; isTurn(seen, opened - before); seen++) {
            if (count + opened >= RecursiveLines.LINES_MAX) {
                return Step.CUT;
            }
            Level level = levels.peek();
            if (level == null) {
                return Step.END;
            }
            Entry entry = level.entries.next();
            if (entry == null) {
                levels.pop().entries.close();
            } else if (level.filter.shows(entry) && take(line, level, entry)) {
                count++;
                return Step.LINE;
            }
        }
        return Step.PAUSE;
    }

    private static boolean isTurn(int seenEntries, int openedDirectories) {
        return seenEntries + openedDirectories * DIRECTORY_ENTRIES < DirectoryLines.TURN_ENTRIES;
    }

    private void open(VirtualPath directory, String prefix, int step, DirectoryReader entries) {
        opened++;
        EntryFilter filter = listing.filterOf(names.get(step));
        levels.push(new Level(directory, prefix, step, filter, entries));
    }

    private DirectoryReader toGoOn(VirtualPath directory) throws StorageException {
        return walked.entries(listing.storage().end(directory));
    }

    /// @return whether there is a line
    private boolean take(StringBuilder line, Level level, Entry entry) throws StorageException {
        String path = level.prefix + entry.name();
        if (level.step == names.size() - 1) {
            append(line, path, entry);
            return true;
        }
        if (!entry.isDirectory()) {
            return false;
        }
        return goOn(line, level.directory.child(entry.name()), path + "/", level.step + 1);
    }

    /// Goes by plain names, up to the next pattern or the end.
    private boolean goOn(StringBuilder line, VirtualPath from, String prefix, int step)
            throws StorageException {
        VirtualPath directory = from;
        String shown = prefix;
        for (int at = step; at < names.size(); at++) {
            String name = names.get(at);
            if (NamePattern.parse(name).isPresent()) {
                VirtualPath found = directory;
                boolean isLast = at == names.size() - 1;
                DirectoryReader entries =
                        ReadableDirectory.open(
                                () -> isLast ? listing.entries(found) : toGoOn(found));
                open(directory, shown, at, entries);
                return false;
            }
            directory = directory.child(name);
            shown += name + (at == names.size() - 1 ? "" : "/");
        }
        return isThere(line, directory, shown);
    }

    private boolean isThere(StringBuilder line, VirtualPath path, String shown)
            throws StorageException {
        try {
            Entry entry = listing.stat(path);
            if (listing.filter().showsKind(entry)) {
                append(line, shown, entry);
                return true;
            }
        } catch (StorageException failed) {
            if (!ReadableDirectory.isUnreadable(failed)) {
                throw failed;
            }
        }
        return false;
    }

    private void append(StringBuilder line, String path, Entry entry) {
        listing.format().appendPath(line, path, listing.filter().form(entry));
    }

    @Override
    public void close() {
        levels.forEach(level -> level.entries.close());
    }
}
