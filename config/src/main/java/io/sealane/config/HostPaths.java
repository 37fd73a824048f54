package io.sealane.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// How paths of this machine are written: absolute, or relative to the folder of the file.
///
/// @param folder the file's folder, absolute and normalized
record HostPaths(Path folder) {
    private static final String JDBC = "jdbc:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /// Marks of what SQLite's driver does not take for a path: parameters, URIs, `:memory:`.
    private static final String SQLITE_SPECIAL = "(?s):.*|file:.*|.*\\?.*";

    Format<Path> path() {
        return Format.of(
                "a path, absolute or relative to this file's folder ('~' is not expanded)",
                this::resolve);
    }

    Format<LocalFolder> localFolder() {
        return Format.of(
                "a folder, absolute or relative to this file's folder; {user} stands for the"
                        + " user's name, and there are no other braces",
                text ->
                        Optional.of(text)
                                .flatMap(this::resolve)
                                .filter(folder -> LocalFolder.bracesFit(folder.toString()))
                                .map(LocalFolder::new));
    }

    Format<AccountsDatabase> database() {
        return new Format<>(
                AccountsDatabase.Sqlite.PREFIX
                        + "PATH, the path absolute or relative to this file's folder",
                text ->
                        text.startsWith(POSTGRESQL)
                                ? new Parsed.NotServed<>()
                                : Parsed.of(sqlite(text)),
                HostPaths::withoutSecrets);
    }

    private Optional<AccountsDatabase> sqlite(String text) {
        return Optional.of(text)
                .filter(url -> url.startsWith(AccountsDatabase.Sqlite.PREFIX))
                .map(url -> url.substring(AccountsDatabase.Sqlite.PREFIX.length()))
                .filter(path -> !path.matches(SQLITE_SPECIAL))
                .flatMap(this::resolve)
                .map(AccountsDatabase.Sqlite::new);
    }

    private Optional<Path> resolve(String text) {
        if (text.isBlank() || text.startsWith("~")) {
            return Optional.empty();
        }
        try {
            return Optional.of(folder.resolve(text).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty(); // the JDK has no parser that answers instead of throwing
        }
    }

    /// Security: a URL of a database server may hold its password, so only its kind is shown.
    private static String withoutSecrets(String url) {
        if (url.isEmpty() || url.startsWith(AccountsDatabase.Sqlite.PREFIX)) {
            return url;
        }
        int kindEnd = url.startsWith(JDBC) ? url.indexOf(':', JDBC.length()) + 1 : 0;
        return url.substring(0, kindEnd) + "...";
    }
}
