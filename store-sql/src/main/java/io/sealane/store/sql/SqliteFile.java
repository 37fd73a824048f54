package io.sealane.store.sql;

import io.sealane.accounts.AccountException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/// A database file: makes it, and opens connections to it. A connection belongs to whoever opened
/// it, and is for one thread at a time.
final class SqliteFile {
    /// How long a call waits for another process that writes. Such a write takes milliseconds; five
    /// seconds is longer than a busy disk's `fsync`, and shorter than people's patience.
    static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    /// Between attempts at what SQLite does not wait for itself; the lock is held for about as
    /// long.
    private static final Duration BUSY_PAUSE = Duration.ofMillis(5);

    /// The bits of an SQLite result code that tell its kind; those above tell the variety.
    private static final int PRIMARY_CODE = 0xFF;

    private static final FileAttribute<?>[] PRIVATE_FOLDER = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };
    private static final FileAttribute<?>[] PRIVATE_FILE = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
    private static final FileAttribute<?>[] SYSTEM_DEFAULT = {};

    private final Path path;

    SqliteFile(Path absolutePath) {
        this.path = absolutePath;
    }

    /// Makes the file if it is missing, for its owner alone, and its folder likewise. What is there
    /// already keeps its mode. SQLite gives its `-wal` and `-shm` files the mode of the database.
    void createIfMissing() throws AccountException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            Path folder = path.getParent();
            if (folder != null) {
                Files.createDirectories(folder, posix ? PRIVATE_FOLDER : SYSTEM_DEFAULT);
            }
            if (Files.notExists(path)) {
                Files.createFile(path, posix ? PRIVATE_FILE : SYSTEM_DEFAULT);
            }
            requireAccess();
        } catch (FileAlreadyExistsException e) {
            requireFile(e);
        } catch (IOException e) {
            throw unavailable("the database " + path + " cannot be made: " + e, e);
        }
    }

    /// Refuses a file that is missing.
    void requireThere() throws AccountException {
        if (Files.notExists(path)) {
            throw new AccountException(
                    AccountException.Reason.UNAVAILABLE,
                    "there is no accounts database at " + path + "; user add makes it, or serve");
        }
    }

    /// What the system knows the file by, whatever it is called; missing on systems that tell none.
    ///
    /// @throws AccountException `UNAVAILABLE` where the file is gone
    Optional<Object> identity() throws AccountException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException gone) {
            throw unavailable("the database " + path + " was removed while it is in use", gone);
        } catch (IOException failure) {
            throw unavailable("the database " + path + " is out of reach: " + failure, failure);
        }
    }

    /// Refuses to go on with a file that has another's place or none any more: what is changed by
    /// its name reaches no connection that is open, so that a login would be held to accounts that
    /// nobody can see or disable.
    ///
    /// @param identity as it was when the file was opened
    void requireStill(Optional<Object> identity) throws AccountException {
        if (!identity().equals(identity)) {
            throw new AccountException(
                    AccountException.Reason.UNAVAILABLE,
                    "the database "
                            + path
                            + " was replaced while it is in use; restart the server");
        }
    }

    /// SQLite says of any hindrance that the file cannot be opened. Mostly another user has made
    /// it: an administrator who listed the accounts before the server ran.
    private void requireAccess() throws IOException, AccountException {
        if (Files.isReadable(path) && Files.isWritable(path)) {
            return;
        }
        Path seen = Files.isReadable(path.getParent()) ? path : path.getParent();
        throw new AccountException(
                AccountException.Reason.UNAVAILABLE,
                "the database %s cannot be read and written by the user %s: %s belongs to %s"
                        .formatted(
                                path,
                                System.getProperty("user.name"),
                                seen,
                                Files.getOwner(seen).getName()));
    }

    /// Opens for reading and writing, and brings file and tables up to date.
    Connection openForWriting() throws SQLException, AccountException {
        Connection connection = open();
        try {
            SqliteSchema.migrate(connection); // refuses another program's file before it is changed
            useWriteAheadLog(connection);
            return connection;
        } catch (SQLException | AccountException | RuntimeException failure) {
            closeAfter(failure, connection);
            throw failure;
        }
    }

    /// Opens for reading alone; the tables are up to date already.
    Connection openForReading() throws SQLException {
        Connection connection = open();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
            return connection;
        } catch (SQLException | RuntimeException failure) {
            closeAfter(failure, connection);
            throw failure;
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // The file exists by now, with a mode of our choice.
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        config.enforceForeignKeys(true);
        // A password that was changed stays changed when the power fails: sync at each commit.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        return config.createConnection("jdbc:sqlite:" + path);
    }

    /// With a write-ahead log, readers and a writer of other processes do not wait for each other.
    ///
    /// The change of mode turns a read lock into a write lock, for which SQLite does not wait:
    /// another process that opens the file at this moment would make it fail at once, whatever the
    /// busy timeout. So the wait is here.
    private void useWriteAheadLog(Connection connection) throws SQLException, AccountException {
        long deadline = System.nanoTime() + BUSY_TIMEOUT.toNanos();
        while (true) {
            try {
                changeToWriteAheadLog(connection);
                return;
            } catch (SQLException failure) {
                if (!isBusy(failure) || System.nanoTime() - deadline >= 0) {
                    throw failure;
                }
                LockSupport.parkNanos(BUSY_PAUSE.toNanos());
            }
        }
    }

    private void changeToWriteAheadLog(Connection connection)
            throws SQLException, AccountException {
        try (Statement statement = connection.createStatement();
                ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
            mode.next();
            if (!"wal".equals(mode.getString(1))) {
                throw new AccountException(
                        AccountException.Reason.UNAVAILABLE,
                        "the database "
                                + path
                                + " cannot have a write-ahead log; keep it on a local disk");
            }
        }
    }

    private static boolean isBusy(SQLException failure) {
        return (failure.getErrorCode() & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_BUSY.code;
    }

    private void requireFile(FileAlreadyExistsException failure) throws AccountException {
        // Another process may have made the file just now; a parent that is no folder ends here
        // too.
        if (!Files.isRegularFile(path)) {
            throw unavailable("the database " + path + " cannot be made: " + failure, failure);
        }
    }

    private static AccountException unavailable(String message, Exception cause) {
        return new AccountException(AccountException.Reason.UNAVAILABLE, message, cause);
    }

    private static void closeAfter(Exception failure, Connection connection) {
        try {
            connection.close();
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }
}
