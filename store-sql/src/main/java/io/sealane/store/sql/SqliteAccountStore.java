package io.sealane.store.sql;

import io.sealane.accounts.Account;
import io.sealane.accounts.Account.SecondFactor;
import io.sealane.accounts.AccountException;
import io.sealane.accounts.AccountStore;
import io.sealane.accounts.StoredAccount;
import io.sealane.accounts.TotpKey;
import io.sealane.accounts.UserName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps accounts in an SQLite file, which several processes may use at the same time: the server
/// and `./sealane user ...`, for one. Safe from any thread.
///
/// There are two connections, each for one thread at a time: `readLock` guards the one that [#find]
/// and the pages use, `writeLock` the one for changes. Unlike other locks these are held during
/// input and output, which is what they are for; outside [#close], neither is taken under the
/// other. SQLite's calls hold the thread they run on, a virtual thread's carrier included: a lookup
/// for some tens of microseconds, since with a write-ahead log it waits for no writer; a change for
/// an `fsync`, or up to [SqliteFile#BUSY_TIMEOUT] while another process writes. Changes are rare;
/// make them from a platform thread where that matters.
///
/// A file that is replaced or removed under its name while it is open ends the store: each call
/// fails with `UNAVAILABLE` from then on, until the file is back. Restore a backup while no server
/// runs.
public final class SqliteAccountStore implements AccountStore, AutoCloseable {
    private static final String FIND =
            "SELECT name, enabled, home, tls_demands, number, totp_key, password_hash FROM account"
                    + " WHERE name = ?";
    private static final String PAGE =
            "SELECT name, enabled, home, tls_demands, number, totp_key FROM account"
                    + " WHERE name > ? ORDER BY name LIMIT ?";
    private static final String ADD =
            "INSERT INTO account"
                    + " (name, enabled, home, password_hash, tls_demands, number, totp_key)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (name) DO NOTHING";
    private static final String SET_PASSWORD =
            "UPDATE account SET password_hash = ? WHERE name = ?";
    private static final String ENABLE = "UPDATE account SET enabled = 1 WHERE name = ?";
    private static final String DISABLE = "UPDATE account SET enabled = 0 WHERE name = ?";
    private static final String SET_HOME = "UPDATE account SET home = ? WHERE name = ?";
    private static final String CLEAR_HOME = "UPDATE account SET home = NULL WHERE name = ?";
    private static final String SET_TLS_DEMANDS =
            "UPDATE account SET tls_demands = ? WHERE name = ?";
    private static final String ALL_TLS_DEMANDS =
            "SELECT DISTINCT tls_demands FROM account WHERE tls_demands <> '' AND enabled = 1";
    private static final String SET_TOTP_KEY =
            "UPDATE account SET totp_key = ?1, totp_step = CASE"
                    + " WHEN totp_key IS NULL OR totp_key = ?1 THEN totp_step ELSE 0 END"
                    + " WHERE name = ?2";
    private static final String CLEAR_TOTP_KEY =
            "UPDATE account SET totp_key = NULL WHERE name = ?";
    private static final String USE_TIME_STEP =
            "UPDATE account SET totp_step = ?1 WHERE name = ?2 AND totp_step < ?1";
    private static final String HAS_TOTP_KEYS =
            "SELECT EXISTS (SELECT 1 FROM account WHERE totp_key IS NOT NULL AND enabled = 1)";
    private static final String REMOVE = "DELETE FROM account WHERE name = ?";

    /// Comes before every name.
    private static final String BEFORE_ALL_NAMES = "";

    private final SqliteFile file;
    private final Optional<Object> identity; // the file's, from before it was opened
    private final ReentrantLock writeLock = new ReentrantLock();
    private final Connection writing; // owned; guarded by writeLock
    private final ReentrantLock readLock = new ReentrantLock();
    private final Connection reading; // owned; guarded by readLock
    private final PreparedStatement find; // of `reading`, which closes it
    private final PreparedStatement page; // of `reading`, which closes it
    private final PreparedStatement allTlsDemands; // of `reading`, which closes it
    private final PreparedStatement hasTotpKeys; // of `reading`, which closes it

    /// Adopts both connections once it has returned.
    private SqliteAccountStore(
            SqliteFile file, Optional<Object> identity, Connection writing, Connection reading)
            throws SQLException {
        this.file = file;
        this.identity = identity;
        this.writing = writing;
        this.reading = reading;
        this.find = reading.prepareStatement(FIND);
        this.page = reading.prepareStatement(PAGE);
        this.allTlsDemands = reading.prepareStatement(ALL_TLS_DEMANDS);
        this.hasTotpKeys = reading.prepareStatement(HAS_TOTP_KEYS);
    }

    /// Opens the database, making it and its tables if they are missing; blocks.
    ///
    /// @param jdbcUrl `jdbc:sqlite:/path/to/file`
    /// @throws AccountException `NOT_SERVED` for other URLs and for files that are another
    ///   program's or a newer Sealane's, else `UNAVAILABLE`
    public static SqliteAccountStore open(String jdbcUrl) throws AccountException {
        return open(new SqliteFile(SqliteUrl.parse(jdbcUrl)));
    }

    /// The same where it is there already: who only asks, or means the wrong one, makes none.
    public static SqliteAccountStore openExisting(String jdbcUrl) throws AccountException {
        SqliteFile file = new SqliteFile(SqliteUrl.parse(jdbcUrl));
        file.requireThere();
        return open(file);
    }

    private static SqliteAccountStore open(SqliteFile file) throws AccountException {
        SqliteLibrary.load();
        file.createIfMissing();
        Optional<Object> identity = file.identity();
        List<Connection> opened = new ArrayList<>();
        try {
            opened.add(file.openForWriting());
            opened.add(file.openForReading());
            return new SqliteAccountStore(file, identity, opened.getFirst(), opened.getLast());
        } catch (SQLException failure) {
            closeAll(opened).ifPresent(failure::addSuppressed);
            throw unavailable(file, failure);
        }
    }

    @Override
    public Optional<StoredAccount> find(UserName name) throws AccountException {
        readLock.lock();
        try {
            file.requireStill(identity);
            find.setString(1, name.text());
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(
                        new StoredAccount(
                                account(row), row.getString("password_hash"), totpKey(row)));
            }
        } catch (SQLException e) {
            throw unavailable(file, e);
        } finally {
            readLock.unlock();
        }
    }

    @Override
    public List<Account> firstPage() throws AccountException {
        return page(BEFORE_ALL_NAMES);
    }

    @Override
    public List<Account> pageAfter(UserName last) throws AccountException {
        return page(last.text());
    }

    @Override
    public void add(StoredAccount added) throws AccountException {
        Account account = added.account();
        int rows =
                change(
                        ADD,
                        statement -> {
                            statement.setString(1, account.name().text());
                            statement.setBoolean(2, account.enabled());
                            statement.setString(
                                    3, account.home().map(SqliteAccountStore::textOf).orElse(null));
                            statement.setString(4, added.passwordHash());
                            statement.setString(5, account.tlsDemands());
                            statement.setLong(6, account.number());
                            statement.setBytes(
                                    7, added.totpKey().map(TotpKey::expose).orElse(null));
                        });
        if (rows == 0) {
            throw new AccountException(
                    AccountException.Reason.ALREADY_EXISTS,
                    "there is an account " + account.name() + " already");
        }
    }

    @Override
    public void setPassword(UserName name, String passwordHash) throws AccountException {
        changeOne(SET_PASSWORD, name, passwordHash);
    }

    @Override
    public void enable(UserName name) throws AccountException {
        changeOne(ENABLE, name);
    }

    @Override
    public void disable(UserName name) throws AccountException {
        changeOne(DISABLE, name);
    }

    @Override
    public void setHome(UserName name, Path home) throws AccountException {
        changeOne(SET_HOME, name, textOf(home));
    }

    @Override
    public void clearHome(UserName name) throws AccountException {
        changeOne(CLEAR_HOME, name);
    }

    @Override
    public void setTlsDemands(UserName name, String demands) throws AccountException {
        changeOne(SET_TLS_DEMANDS, name, demands);
    }

    @Override
    public List<String> allTlsDemands() throws AccountException {
        readLock.lock();
        try {
            file.requireStill(identity);
            try (ResultSet row = allTlsDemands.executeQuery()) {
                List<String> all = new ArrayList<>();
                while (row.next()) {
                    all.add(row.getString(1));
                }
                return all;
            }
        } catch (SQLException e) {
            throw unavailable(file, e);
        } finally {
            readLock.unlock();
        }
    }

    @Override
    public void setTotpKey(UserName name, TotpKey key) throws AccountException {
        int rows =
                change(
                        SET_TOTP_KEY,
                        statement -> {
                            statement.setBytes(1, key.expose());
                            statement.setString(2, name.text());
                        });
        requireFound(name, rows);
    }

    @Override
    public void clearTotpKey(UserName name) throws AccountException {
        changeOne(CLEAR_TOTP_KEY, name);
    }

    @Override
    public boolean useTimeStep(UserName name, long step) throws AccountException {
        int rows =
                change(
                        USE_TIME_STEP,
                        statement -> {
                            statement.setLong(1, step);
                            statement.setString(2, name.text());
                        });
        return rows > 0;
    }

    @Override
    public boolean hasTotpKeys() throws AccountException {
        readLock.lock();
        try {
            file.requireStill(identity);
            try (ResultSet row = hasTotpKeys.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw unavailable(file, e);
        } finally {
            readLock.unlock();
        }
    }

    @Override
    public void remove(UserName name) throws AccountException {
        changeOne(REMOVE, name);
    }

    /// Waits for calls that run; later ones fail with `UNAVAILABLE`. Closing again does nothing.
    @Override
    public void close() throws AccountException {
        writeLock.lock();
        readLock.lock();
        try {
            Optional<SQLException> failure = closeAll(List.of(writing, reading));
            if (failure.isPresent()) {
                throw unavailable(file, failure.get());
            }
        } finally {
            readLock.unlock();
            writeLock.unlock();
        }
    }

    private List<Account> page(String after) throws AccountException {
        List<Account> accounts = new ArrayList<>();
        readLock.lock();
        try {
            file.requireStill(identity);
            page.setString(1, after);
            page.setInt(2, PAGE_ACCOUNTS_MAX);
            try (ResultSet row = page.executeQuery()) {
                while (row.next()) {
                    accounts.add(account(row));
                }
            }
            return List.copyOf(accounts);
        } catch (SQLException e) {
            throw unavailable(file, e);
        } finally {
            readLock.unlock();
        }
    }

    private void changeOne(String sql, UserName name) throws AccountException {
        requireFound(name, change(sql, statement -> statement.setString(1, name.text())));
    }

    private void changeOne(String sql, UserName name, String value) throws AccountException {
        int rows =
                change(
                        sql,
                        statement -> {
                            statement.setString(1, value);
                            statement.setString(2, name.text());
                        });
        requireFound(name, rows);
    }

    /// One statement is one transaction.
    ///
    /// @return rows that were changed
    private int change(String sql, Parameters parameters) throws AccountException {
        writeLock.lock();
        try (PreparedStatement statement = writing.prepareStatement(sql)) {
            file.requireStill(identity);
            parameters.set(statement);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw unavailable(file, e);
        } finally {
            writeLock.unlock();
        }
    }

    private static void requireFound(UserName name, int rows) throws AccountException {
        if (rows == 0) {
            throw new AccountException(
                    AccountException.Reason.NOT_FOUND, "there is no account " + name);
        }
    }

    private static Account account(ResultSet row) throws SQLException, AccountException {
        Optional<UserName> name = UserName.parse(row.getString("name"));
        if (name.isEmpty()) {
            throw new AccountException(
                    AccountException.Reason.BROKEN, "an account's name is none; see table account");
        }
        return new Account(
                name.get(),
                row.getBoolean("enabled"),
                home(name.get(), row.getString("home")),
                row.getString("tls_demands"),
                row.getLong("number"),
                totpKey(row).isPresent() ? SecondFactor.ONE_TIME_PASSWORD : SecondFactor.NONE);
    }

    private static Optional<TotpKey> totpKey(ResultSet row) throws SQLException, AccountException {
        byte @Nullable [] octets = row.getBytes("totp_key");
        try {
            return Optional.ofNullable(octets).map(TotpKey::of);
        } catch (IllegalArgumentException broken) {
            throw new AccountException(
                    AccountException.Reason.BROKEN,
                    "the totp_key of account " + row.getString("name") + " is none",
                    broken);
        }
    }

    private static Optional<Path> home(UserName name, @Nullable String text)
            throws AccountException {
        if (text == null) {
            return Optional.empty();
        }
        try {
            Path home = Path.of(text);
            if (home.isAbsolute()) {
                return Optional.of(home);
            }
        } catch (InvalidPathException _) {
            // as a relative one
        }
        throw new AccountException(
                AccountException.Reason.BROKEN,
                "the home of account " + name + " is no absolute path on this system");
    }

    private static String textOf(Path home) {
        return home.toAbsolutePath().toString();
    }

    /// @return the first failure, the others added to it
    private static Optional<SQLException> closeAll(List<Connection> connections) {
        Optional<SQLException> first = Optional.empty();
        for (Connection connection : connections.reversed()) {
            try {
                connection.close();
            } catch (SQLException failure) {
                first.ifPresent(primary -> primary.addSuppressed(failure));
                first = first.or(() -> Optional.of(failure));
            }
        }
        return first;
    }

    private static AccountException unavailable(SqliteFile file, SQLException cause) {
        return new AccountException(
                AccountException.Reason.UNAVAILABLE,
                "accounts in " + file + " are out of reach: " + cause.getMessage(),
                cause);
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }
}
