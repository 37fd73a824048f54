package io.sealane.core.command;

import io.sealane.core.command.ListingSettings.Visibility;
import io.sealane.core.transfer.LineSource;
import io.sealane.core.wire.ListArgument;
import io.sealane.core.wire.ListArgument.Option;
import io.sealane.core.wire.NamePattern;
import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.VirtualPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What one LIST, NLST, MLSD or STAT shows, and by which rules. Immutable.
///
/// @param argument its options, and the path as the client gave it
/// @param reach where policy lets it go
record Listing(
        Storage storage,
        ListArgument argument,
        EntryFilter filter,
        EntryFormat format,
        Predicate<VirtualPath> reach) {
    /// What an argument names.
    sealed interface Subject {
        /// Something to be shown itself.
        record Itself(Entry entry) implements Subject {}

        /// What is in a directory, or what of it the filter lets through.
        ///
        /// @param prefix path of the directory as the client gave it, ending in `/` or empty
        record Inside(VirtualPath directory, String prefix, EntryFilter filter)
                implements Subject {}

        /// Whatever is reached from a directory by names of which some are patterns.
        ///
        /// @param prefix as of [Inside]
        /// @param names at least two, the first of them a pattern
        record Matching(VirtualPath directory, String prefix, List<String> names)
                implements Subject {}
    }

    static Listing of(
            Storage storage,
            ListArgument argument,
            ListingSettings settings,
            EntryFormat format,
            Predicate<VirtualPath> reach) {
        Visibility hiddenFiles =
                argument.has(Option.HIDDEN_FILES) ? Visibility.SHOW : settings.hiddenFiles();
        EntryFilter filter =
                new EntryFilter(hiddenFiles, settings.symbolicLinks(), Optional.empty());
        return new Listing(storage, argument, filter, format, reach);
    }

    /// Looks for what the argument names.
    ///
    /// A pattern is one only if nothing has that very name. It stands for names, and not for what
    /// is in the directories among them: so every line is one of these names, which is what `mget`
    /// needs. Interop: vsftpd takes patterns in the last name alone, ProFTPD in all of a path.
    ///
    /// @param path of the argument, seen from the current directory
    Subject subject(VirtualPath path) throws StorageException {
        String text = argument.path();
        Entry entry;
        try {
            entry = storage.stat(path);
        } catch (StorageException notThere) {
            if (notThere.reason() != Reason.NOT_FOUND) {
                throw notThere;
            }
            return matching(text, path).orElseThrow(() -> notThere);
        }
        if (!filter.showsKind(entry)) {
            throw new StorageException(Reason.NOT_FOUND, path + " is a hidden link");
        }
        if (!entry.isDirectory() || argument.has(Option.DIRECTORY_ITSELF)) {
            return new Subject.Itself(filter.form(entry));
        }
        boolean ends = text.isEmpty() || text.endsWith("/");
        return new Subject.Inside(path, ends ? text : text + "/", filter);
    }

    /// What a path means that has patterns in it, up to so many names from the first of them on.
    private Optional<Subject> matching(String text, VirtualPath path) {
        int end = 0;
        while (end < text.length() && NamePattern.parse(name(text, end)).isEmpty()) {
            end += name(text, end).length() + 1;
        }
        List<String> names =
                end < text.length() ? List.of(text.substring(end).split("/", -1)) : List.of();
        boolean isWay =
                names.size() <= MatchedLines.LEVELS_MAX
                        && names.stream()
                                .noneMatch(name ->
                                        name.isEmpty() || name.equals(".") || name.equals(".."));
        if (names.isEmpty() || !isWay) {
            return Optional.empty();
        }
        String prefix = text.substring(0, end);
        if (names.size() == 1) {
            EntryFilter matches = filterOf(names.getFirst());
            return Optional.of(new Subject.Inside(path.parent(), prefix, matches));
        }
        VirtualPath directory = path;
        for (String _ : names) {
            directory = directory.parent();
        }
        return Optional.of(new Subject.Matching(directory, prefix, names));
    }

    private static String name(String text, int start) {
        int end = text.indexOf('/', start);
        return end < 0 ? text.substring(start) : text.substring(start, end);
    }

    /// Lets through what the pattern `name` stands for.
    EntryFilter filterOf(String name) {
        return NamePattern.parse(name)
                .map(pattern -> filter.matching(pattern, argument.has(Option.HIDDEN_FILES)))
                .orElseThrow();
    }

    /// Opens the lines that show it.
    LineSource lines(Subject subject) throws StorageException {
        return switch (subject) {
            case Subject.Itself(Entry entry) -> new NamedLine(entry, argument.path(), format);
            case Subject.Inside inside ->
                    argument.has(Option.RECURSIVE)
                            ? new RecursiveLines(withoutLinks(), ended(inside))
                            : new DirectoryLines(
                                    entries(inside.directory),
                                    inside.prefix,
                                    inside.filter,
                                    format);
            case Subject.Matching matching -> new MatchedLines(this, matching);
        };
    }

    private Subject.Inside ended(Subject.Inside inside) throws StorageException {
        return new Subject.Inside(storage.end(inside.directory), inside.prefix, inside.filter);
    }

    /// Opens a directory, in the order that the options ask for.
    DirectoryReader entries(VirtualPath directory) throws StorageException {
        return SortedEntries.of(open(directory), argument);
    }

    /// Opens a directory, in whatever order the store has.
    DirectoryReader open(VirtualPath directory) throws StorageException {
        requireReach(directory);
        return storage.list(directory);
    }

    /// The same where no link is followed: to go on from a directory to those in it, by the path
    /// where it ends.
    Listing withoutLinks() {
        return new Listing(storage.withoutLinks(), argument, filter, format, reach);
    }

    /// Looks at what was come to, and not asked for.
    Entry stat(VirtualPath path) throws StorageException {
        requireReach(path);
        return storage.stat(path);
    }

    private void requireReach(VirtualPath path) throws StorageException {
        if (!reach.test(path)) {
            throw new StorageException(Reason.NOT_PERMITTED, path + " is closed by TLS policy");
        }
    }
}
