package io.sealane.core.command;

import io.sealane.core.transfer.LineSource;
import io.sealane.core.wire.Fact;
import io.sealane.core.wire.ListLine;
import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.StorageException;
import java.time.Instant;
import java.util.Set;

/// The lines of LIST, NLST and MLSD, made one by one as the directory is read.
final class Listings {
    /// How an entry becomes a line.
    sealed interface Format {
        /// As `ls -l` does.
        record LongLines(Instant now) implements Format {}

        /// The name alone, behind the argument as the client gave it, so that the line is a path
        /// that the client can use (RFC 1123 section 4.1.2.7 asks for that much).
        record Names(String argument) implements Format {}

        /// As MLSD does.
        record Facts(Set<Fact> selected) implements Format {}
    }

    private Listings() {}

    static LineSource ofDirectory(DirectoryReader directory, Format format) {
        return new DirectoryLines(directory, format);
    }

    static LineSource ofFile(Entry entry, Format format) {
        return new FileLine(entry, format);
    }

    private static final class DirectoryLines implements LineSource {
        private final DirectoryReader directory;
        private final Format format;

        DirectoryLines(DirectoryReader directory, Format format) {
            this.directory = directory;
            this.format = format;
        }

        @Override
        public boolean next(StringBuilder line) throws StorageException {
            Entry entry = directory.next();
            while (entry != null && !isShowable(entry)) {
                entry = directory.next();
            }
            if (entry == null) {
                return false;
            }
            switch (format) {
                case Format.LongLines(Instant now) ->
                        ListLine.append(line, entry, entry.name(), now);
                case Format.Names(String argument) -> {
                    line.append(argument);
                    if (!argument.isEmpty() && !argument.endsWith("/")) {
                        line.append('/');
                    }
                    line.append(entry.name());
                }
                case Format.Facts(Set<Fact> selected) ->
                        Fact.append(line, entry, entry.name(), selected);
            }
            return true;
        }

        /// A name with a line end in it would forge a line; nobody could name it in a command.
        private static boolean isShowable(Entry entry) {
            return entry.name().chars().noneMatch(c -> c < ' ');
        }

        @Override
        public void close() {
            directory.close();
        }
    }

    private static final class FileLine implements LineSource {
        private final Entry entry;
        private final Format format;
        private boolean shown;

        FileLine(Entry entry, Format format) {
            this.entry = entry;
            this.format = format;
        }

        @Override
        public boolean next(StringBuilder line) {
            if (shown) {
                return false;
            }
            shown = true;
            switch (format) {
                case Format.LongLines(Instant now) ->
                        ListLine.append(line, entry, entry.name(), now);
                case Format.Names(String argument) -> line.append(argument);
                case Format.Facts(Set<Fact> selected) ->
                        Fact.append(line, entry, entry.name(), selected);
            }
            return true;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
