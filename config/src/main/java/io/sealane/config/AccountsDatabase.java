package io.sealane.config;

import java.nio.file.Path;

/// Where accounts are kept.
public sealed interface AccountsDatabase {
    /// What JDBC is given to open it.
    String jdbcUrl();

    /// A SQLite database, made if it is not there.
    ///
    /// @param file an absolute path
    record Sqlite(Path file) implements AccountsDatabase {
        static final String PREFIX = "jdbc:sqlite:";

        @Override
        public String jdbcUrl() {
            return PREFIX + file;
        }
    }
}
