package io.sealane.core.command;

import io.sealane.core.command.Listing.Subject.Inside;
import io.sealane.core.transfer.LineSource;
import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.StorageException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The lines of a directory and of all below it, for `-R`, in the form of `ls`: a directory's
/// entries, then each directory in it behind a blank line and its path. NLST has paths alone, of
/// everything.
///
/// Each directory is read twice, once to be shown and once to find the directories in it, so that
/// none of their names has to be remembered: all that is held is one open directory per level.
/// Links are not followed, so there are no loops. Belongs to one thread.
///
/// Interop: ProFTPD serves `-R` in this form; vsftpd passes it over unless told otherwise, and a
/// client that gets one level takes that for all there is. Beyond a limit the final reply is no
/// success, for the same reason.
final class RecursiveLines implements LineSource {
    /// Most levels below the first, and so of directories held open. Pure-FTPd has 5.
    static final int LEVELS_MAX = 16;

    /// Most lines, headings included: a third of a second's work. Pure-FTPd has 10,000 entries.
    static final int LINES_MAX = 100_000;

    /// A directory of which every entry was shown, being read for the directories in it.
    private record Level(Inside directory, DirectoryReader entries) {}

    private final Listing listing;
    private final Deque<Level> levels = new ArrayDeque<>(); // owned
    private Inside shown;
    private @Nullable DirectoryLines lines; // owned; of what is shown, until all of it was
    private boolean tooDeep;
    private int count;

    RecursiveLines(Listing listing, Inside top) throws StorageException {
        this.listing = listing;
        this.shown = top;
        this.lines = linesOf(top, listing.entries(top.directory()));
    }

    @Override
    public Step next(StringBuilder line) throws StorageException {
        if (count >= LINES_MAX) {
            return Step.CUT;
        }
        for (int seen = 0; seen < DirectoryLines.TURN_ENTRIES; seen++) {
            Step step = lines == null ? descend(line) : show(line, lines);
            if (step == Step.LINE) {
                count++;
            }
            if (step != Step.PAUSE) {
                return step;
            }
        }
        return Step.PAUSE;
    }

    private Step show(StringBuilder line, DirectoryLines of) throws StorageException {
        Step step = of.next(line);
        if (step != Step.END) {
            return step;
        }
        of.close();
        lines = null;
        levels.push(new Level(shown, ReadableDirectory.open(() -> storageEntries(shown))));
        return Step.PAUSE;
    }

    /// Looks at one more entry for a directory to show next.
    private Step descend(StringBuilder line) throws StorageException {
        Level level = levels.peek();
        if (level == null) {
            return tooDeep ? Step.CUT : Step.END;
        }
        Entry entry = level.entries.next();
        if (entry == null) {
            level.entries.close();
            levels.pop();
            return Step.PAUSE;
        }
        if (!entry.isDirectory() || !level.directory.filter().shows(entry)) {
            return Step.PAUSE;
        }
        if (levels.size() > LEVELS_MAX) {
            tooDeep = true;
            return Step.PAUSE;
        }
        String path = level.directory.prefix() + entry.name();
        shown =
                new Inside(
                        level.directory.directory().child(entry.name()),
                        path + "/",
                        listing.filter());
        lines = linesOf(shown, ReadableDirectory.open(() -> listing.entries(shown.directory())));
        return head(line, path);
    }

    private Step head(StringBuilder line, String path) {
        return switch (listing.format()) {
            case EntryFormat.LongLines _ -> {
                // A blank line and a heading, as one line of the source.
                line.append("\r\n").append(path).append(':');
                yield Step.LINE;
            }
            case EntryFormat.Names _, EntryFormat.Facts _ -> Step.PAUSE;
        };
    }

    /// Not sorted: what is held for each level has to be little.
    private DirectoryReader storageEntries(Inside directory) throws StorageException {
        return listing.open(directory.directory());
    }

    private DirectoryLines linesOf(Inside directory, DirectoryReader entries) {
        return new DirectoryLines(
                entries, directory.prefix(), directory.filter(), listing.format());
    }

    @Override
    public void close() {
        if (lines != null) {
            lines.close();
        }
        levels.forEach(level -> level.entries.close());
    }
}
