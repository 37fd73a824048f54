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
import java.util.Optional;
import java.util.function.Predicate;

/// What one LIST, NLST, MLSD or STAT shows, and by which rules. Immutable.
///
/// @param argument its options, and the path as the client gave it
/// @param reach the directories that policy lets it go into
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
    /// A pattern is one in the last name of a path alone, and only if nothing has that very name.
    /// It stands for names, and not for what is in the directories among them: so every line is one
    /// of these names, which is what `mget` needs. Interop: so vsftpd does it. ProFTPD also takes
    /// patterns further up, at the price of a walk through whatever they match.
    ///
    /// @param path of the argument, seen from the current directory
    Subject subject(VirtualPath path) throws StorageException {
        String text = argument.path();
        Entry entry;
        try {
            entry = storage.stat(path);
        } catch (StorageException notThere) {
            int name = text.lastIndexOf('/') + 1;
            Optional<NamePattern> pattern = NamePattern.parse(text.substring(name));
            if (notThere.reason() != Reason.NOT_FOUND || pattern.isEmpty()) {
                throw notThere;
            }
            return new Subject.Inside(
                    path.parent(),
                    text.substring(0, name),
                    filter.matching(pattern.get(), argument.has(Option.HIDDEN_FILES)));
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

    /// Opens the lines that show it.
    LineSource lines(Subject subject) throws StorageException {
        return switch (subject) {
            case Subject.Itself(Entry entry) -> new NamedLine(entry, argument.path(), format);
            case Subject.Inside inside ->
                    argument.has(Option.RECURSIVE)
                            ? new RecursiveLines(this, inside)
                            : new DirectoryLines(
                                    entries(inside.directory),
                                    inside.prefix,
                                    inside.filter,
                                    format);
        };
    }

    /// Opens a directory, in the order that the options ask for.
    DirectoryReader entries(VirtualPath directory) throws StorageException {
        return SortedEntries.of(open(directory), argument);
    }

    /// Opens a directory, in whatever order the store has.
    private DirectoryReader open(VirtualPath directory) throws StorageException {
        requireReach(directory);
        return storage.list(directory);
    }

    /// Opens a directory to go on into those that are in it.
    DirectoryReader openWithoutLinks(VirtualPath directory) throws StorageException {
        requireReach(directory);
        return storage.withoutLinks().list(storage.end(directory));
    }

    private void requireReach(VirtualPath directory) throws StorageException {
        if (!reach.test(directory)) {
            throw new StorageException(
                    Reason.NOT_PERMITTED, directory + " is closed by TLS policy");
        }
    }
}
