package io.sealane.store.sql;

import io.sealane.accounts.AccountException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The tables, and how older files become today's. `PRAGMA user_version` counts the migrations that
/// a file has been through; `PRAGMA application_id` tells Sealane's files from everyone else's.
final class SqliteSchema {
    /// "SEAL" in ASCII.
    static final int APPLICATION_ID = 0x5345414C;

    /// In order; never changed once released, only added to. Each may hold several statements.
    private static final List<String> MIGRATIONS =
            List.of(
                    """
                    CREATE TABLE account (
                        name TEXT NOT NULL PRIMARY KEY,
                        password_hash TEXT NOT NULL,
                        enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
                        home TEXT
                    ) STRICT, WITHOUT ROWID;
                    """,
                    """
                    ALTER TABLE account ADD COLUMN tls_demands TEXT NOT NULL DEFAULT '';
                    CREATE INDEX account_with_tls_demands ON account (name)
                        WHERE tls_demands <> '' AND enabled = 1;
                    CREATE TABLE tls_use (
                        user TEXT NOT NULL,
                        client TEXT NOT NULL,
                        listener TEXT NOT NULL,
                        mode TEXT NOT NULL,
                        version TEXT NOT NULL,
                        cipher TEXT NOT NULL,
                        key_group TEXT NOT NULL,
                        sessions INTEGER NOT NULL,
                        data_resumed INTEGER NOT NULL,
                        data_full INTEGER NOT NULL,
                        data_clear INTEGER NOT NULL,
                        would_refuse TEXT NOT NULL,
                        last_seen INTEGER NOT NULL,
                        PRIMARY KEY (user, client, listener, mode, version, cipher, key_group)
                    ) STRICT, WITHOUT ROWID;
                    """,
                    "ALTER TABLE account ADD COLUMN number INTEGER NOT NULL DEFAULT 0;",
                    """
                    ALTER TABLE account ADD COLUMN totp_key BLOB;
                    ALTER TABLE account ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;
                    CREATE INDEX account_with_totp_key ON account (name)
                        WHERE totp_key IS NOT NULL AND enabled = 1;
                    """);

    private SqliteSchema() {}

    /// Brings the database up to date. Several processes may do so at the same time: one migrates,
    /// the others wait for it and then find nothing to do.
    static void migrate(Connection connection) throws SQLException, AccountException {
        try (Statement statement = connection.createStatement()) {
            if (isCurrent(statement)) {
                return;
            }
            statement.execute("BEGIN IMMEDIATE"); // takes the write lock, waiting for it
            try {
                requireOurs(statement);
                for (int done = version(statement); done < MIGRATIONS.size(); done++) {
                    statement.executeUpdate(MIGRATIONS.get(done));
                }
                statement.execute("PRAGMA application_id = " + APPLICATION_ID);
                statement.execute("PRAGMA user_version = " + MIGRATIONS.size());
                statement.execute("COMMIT");
            } catch (SQLException | AccountException | RuntimeException failure) {
                rollBack(statement, failure);
                throw failure;
            }
        }
    }

    private static boolean isCurrent(Statement statement) throws SQLException {
        return number(statement, "PRAGMA application_id") == APPLICATION_ID
                && version(statement) == MIGRATIONS.size();
    }

    /// Refuses files that this version would damage.
    private static void requireOurs(Statement statement) throws SQLException, AccountException {
        int application = number(statement, "PRAGMA application_id");
        int version = version(statement);
        boolean empty =
                application == 0
                        && version == 0
                        && number(statement, "SELECT count(*) FROM sqlite_schema") == 0;
        if (application != APPLICATION_ID && !empty) {
            throw notServed("the file is the SQLite database of another program");
        }
        if (version > MIGRATIONS.size()) {
            throw notServed(
                    "the database was made by a newer Sealane: schema %d, known here %d"
                            .formatted(version, MIGRATIONS.size()));
        }
    }

    private static int version(Statement statement) throws SQLException {
        return number(statement, "PRAGMA user_version");
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void rollBack(Statement statement, Exception failure) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }

    private static AccountException notServed(String message) {
        return new AccountException(AccountException.Reason.NOT_SERVED, message);
    }
}
