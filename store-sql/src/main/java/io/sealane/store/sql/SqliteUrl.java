package io.sealane.store.sql;

import io.sealane.accounts.AccountException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Where the database is: `jdbc:sqlite:` and the path of a file.
final class SqliteUrl {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private SqliteUrl() {}

    /// @return the absolute path; the driver's options (`?`), its `file:` and `:memory:` names and
    ///   its other short cuts are not served
    static Path parse(String jdbcUrl) throws AccountException {
        if (jdbcUrl.startsWith(POSTGRESQL)) {
            throw notServed("PostgreSQL is not served yet; allowed is jdbc:sqlite:/path/to/file");
        }
        if (!jdbcUrl.startsWith(SQLITE)) {
            throw notServed("not a database URL; allowed is jdbc:sqlite:/path/to/file");
        }
        String text = jdbcUrl.substring(SQLITE.length());
        if (text.isEmpty() || text.startsWith(":") || text.startsWith("file:")) {
            throw notServed("the database URL names no file; allowed is jdbc:sqlite:/path/to/file");
        }
        Path path = toPath(text);
        // The driver would take what follows for options.
        if (path.toString().indexOf('?') >= 0) {
            throw notServed("the path of the database must not hold a '?'");
        }
        return path;
    }

    private static Path toPath(String text) throws AccountException {
        try {
            return Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new AccountException(
                    AccountException.Reason.NOT_SERVED,
                    "the path of the database is no path here: " + e.getReason(),
                    e);
        }
    }

    private static AccountException notServed(String message) {
        return new AccountException(AccountException.Reason.NOT_SERVED, message);
    }
}
