package io.sealane.core.command;

import io.sealane.core.wire.FactLine;
import io.sealane.core.wire.ListLine;
import io.sealane.vfs.Entry;

/// How an entry becomes a line.
sealed interface EntryFormat {
    /// As `ls -l` does.
    record LongLines(ListLine line) implements EntryFormat {}

    /// The name alone, behind the path of its directory as the client gave it, so that the line is
    /// a path that the client can use (RFC 1123 section 4.1.2.7 asks for that much).
    record Names() implements EntryFormat {}

    /// As MLSD does.
    record Facts(FactLine line) implements EntryFormat {}

    /// Appends the line of an entry of a directory.
    ///
    /// @param prefix path of the directory, ending in `/` unless it is empty
    default void append(StringBuilder line, String prefix, Entry entry) {
        switch (this) {
            case LongLines(ListLine form) -> form.append(line, entry, entry.name());
            case Names() -> line.append(prefix).append(entry.name());
            case Facts(FactLine form) -> form.append(line, entry, entry.name());
        }
    }

    /// Appends the line of what a pattern matched, behind its path as the client can use it.
    default void appendPath(StringBuilder line, String path, Entry entry) {
        switch (this) {
            case LongLines(ListLine form) -> form.append(line, entry, path);
            case Names() -> line.append(path);
            case Facts(FactLine form) -> form.append(line, entry, path);
        }
    }

    /// Appends the line of what an argument named itself.
    ///
    /// @param asGiven the argument; empty for the current directory
    default void appendNamed(StringBuilder line, String asGiven, Entry entry) {
        switch (this) {
            case LongLines(ListLine form) -> form.append(line, entry, lastName(asGiven));
            case Names() -> line.append(asGiven.isEmpty() ? "." : asGiven);
            case Facts(FactLine form) -> form.append(line, entry, entry.name());
        }
    }

    /// The last name of the path as it was given, as `ls -d` shows it.
    private static String lastName(String asGiven) {
        int end = asGiven.length();
        while (end > 0 && asGiven.charAt(end - 1) == '/') {
            end--;
        }
        if (end == 0) {
            return asGiven.isEmpty() ? "." : "/";
        }
        return asGiven.substring(asGiven.lastIndexOf('/', end - 1) + 1, end);
    }
}
