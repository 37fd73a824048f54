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

/// One line for each path that a way of names and patterns leads to, as a shell finds them: a
/// directory for each pattern is open at a time, and links to directories are gone, since the way
/// has an end. Belongs to one thread.
final class MatchedLines implements LineSource {
    /// Most names behind the first pattern, it included, and so of directories held open.
    static final int LEVELS_MAX = 8;

    /// A directory being read for what the name at `step` stands for.
    private record Level(
            VirtualPath directory,
            String prefix,
            int step,
            EntryFilter filter,
            DirectoryReader entries) {}

    private final Listing listing;
    private final List<String> names;
    private final Deque<Level> levels = new ArrayDeque<>(); // owned
    private int count;

    MatchedLines(Listing listing, Matching matching) throws StorageException {
        this.listing = listing;
        this.names = matching.names();
        open(matching.directory(), matching.prefix(), 0, listing.entries(matching.directory()));
    }

    @Override
    public Step next(StringBuilder line) throws StorageException {
        if (count >= RecursiveLines.LINES_MAX) {
            return Step.CUT;
        }
        for (int seen = 0; seen < DirectoryLines.TURN_ENTRIES; seen++) {
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

    private void open(VirtualPath directory, String prefix, int step, DirectoryReader entries) {
        EntryFilter filter = listing.filterOf(names.get(step));
        levels.push(new Level(directory, prefix, step, filter, entries));
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
                VirtualPath pattern = directory;
                DirectoryReader entries = ReadableDirectory.open(() -> listing.entries(pattern));
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
            Entry entry = listing.storage().stat(path);
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
