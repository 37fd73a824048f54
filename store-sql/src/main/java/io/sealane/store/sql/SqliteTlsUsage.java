package io.sealane.store.sql;

import io.sealane.accounts.AccountException;
import io.sealane.store.sql.TlsUse.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// Keeps who uses which TLS, in the file of the accounts, so that a report can be made beside a
/// running server. Safe from any thread; calls block.
public final class SqliteTlsUsage implements AutoCloseable {
    /// Most kinds of session kept for one account: more than any person's clients, and no more than
    /// that for an account that calls its client by ever new names.
    public static final int KINDS_PER_USER_MAX = 200;

    /// What a client is called that is one too many.
    public static final String OTHER_CLIENTS = "(others)";

    private static final String ADD =
            """
            INSERT INTO tls_use (user, client, listener, mode, version, cipher, key_group,
                sessions, data_resumed, data_full, data_clear, would_refuse, last_seen)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET
                sessions = sessions + excluded.sessions,
                data_resumed = data_resumed + excluded.data_resumed,
                data_full = data_full + excluded.data_full,
                data_clear = data_clear + excluded.data_clear,
                would_refuse = ?,
                last_seen = max(last_seen, excluded.last_seen)
            """;
    private static final String KEY =
            " WHERE user = ? AND client = ? AND listener = ? AND mode = ? AND version = ?"
                    + " AND cipher = ? AND key_group = ?";
    private static final String FIND = "SELECT would_refuse FROM tls_use" + KEY;
    private static final String COUNT = "SELECT count(*) FROM tls_use WHERE user = ?";
    private static final String ALL =
            "SELECT * FROM tls_use ORDER BY user, client, listener, mode, version, cipher";
    private static final String FORGET = "DELETE FROM tls_use WHERE last_seen < ?";
    private static final String SEPARATOR = " ";

    private final SqliteFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection; // owned; guarded by lock

    private SqliteTlsUsage(SqliteFile file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /// Opens the database as [SqliteAccountStore#open] does.
    public static SqliteTlsUsage open(String jdbcUrl) throws AccountException {
        return open(new SqliteFile(SqliteUrl.parse(jdbcUrl)));
    }

    /// The same where it is there already.
    public static SqliteTlsUsage openExisting(String jdbcUrl) throws AccountException {
        SqliteFile file = new SqliteFile(SqliteUrl.parse(jdbcUrl));
        file.requireThere();
        return open(file);
    }

    private static SqliteTlsUsage open(SqliteFile file) throws AccountException {
        SqliteLibrary.load();
        file.createIfMissing();
        try {
            return new SqliteTlsUsage(file, file.openForWriting());
        } catch (SQLException failure) {
            throw unavailable(file, failure);
        }
    }

    /// Adds to what is there, all or nothing.
    public void add(Collection<TlsUse> seen) throws AccountException {
        if (seen.isEmpty()) {
            return;
        }
        lock.lock();
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                for (TlsUse use : seen) {
                    addOne(use);
                }
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException | Error failure) {
                rollBack(statement, failure);
                throw failure;
            }
        } catch (SQLException failure) {
            throw unavailable(file, failure);
        } finally {
            lock.unlock();
        }
    }

    /// Everything, by user.
    public List<TlsUse> all() throws AccountException {
        lock.lock();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ALL)) {
            List<TlsUse> all = new ArrayList<>();
            while (row.next()) {
                all.add(use(row));
            }
            return all;
        } catch (SQLException failure) {
            throw unavailable(file, failure);
        } finally {
            lock.unlock();
        }
    }

    /// Forgets what was last seen before `time`.
    public void forgetBefore(Instant time) throws AccountException {
        lock.lock();
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setLong(1, time.getEpochSecond());
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw unavailable(file, failure);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws AccountException {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException failure) {
            throw unavailable(file, failure);
        } finally {
            lock.unlock();
        }
    }

    private void addOne(TlsUse use) throws SQLException {
        Kind kind = use.kind();
        List<String> known = wouldRefuse(kind);
        if (known.isEmpty() && count(kind.user()) >= KINDS_PER_USER_MAX) {
            kind =
                    new Kind(
                            kind.user(),
                            OTHER_CLIENTS,
                            kind.listener(),
                            kind.mode(),
                            kind.version(),
                            kind.cipher(),
                            kind.group());
            known = wouldRefuse(kind);
        }
        Set<String> rules = new TreeSet<>(use.wouldRefuse());
        known.forEach(text -> rules.addAll(words(text)));
        String joined = rules.stream().collect(Collectors.joining(SEPARATOR));
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            int next = setKind(statement, kind);
            statement.setLong(next++, use.sessions());
            statement.setLong(next++, use.dataResumed());
            statement.setLong(next++, use.dataFull());
            statement.setLong(next++, use.dataClear());
            statement.setString(next++, joined);
            statement.setLong(next++, use.lastSeen().getEpochSecond());
            statement.setString(next, joined);
            statement.executeUpdate();
        }
    }

    /// @return one text if this kind is known, else none
    private List<String> wouldRefuse(Kind kind) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            setKind(statement, kind);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? List.of(row.getString(1)) : List.of();
            }
        }
    }

    private int count(String user) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setString(1, user);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static int setKind(PreparedStatement statement, Kind kind) throws SQLException {
        int next = 1;
        statement.setString(next++, kind.user());
        statement.setString(next++, kind.client());
        statement.setString(next++, kind.listener());
        statement.setString(next++, kind.mode());
        statement.setString(next++, kind.version());
        statement.setString(next++, kind.cipher());
        statement.setString(next++, kind.group());
        return next;
    }

    private static TlsUse use(ResultSet row) throws SQLException {
        return new TlsUse(
                new Kind(
                        row.getString("user"),
                        row.getString("client"),
                        row.getString("listener"),
                        row.getString("mode"),
                        row.getString("version"),
                        row.getString("cipher"),
                        row.getString("key_group")),
                row.getLong("sessions"),
                row.getLong("data_resumed"),
                row.getLong("data_full"),
                row.getLong("data_clear"),
                words(row.getString("would_refuse")),
                Instant.ofEpochSecond(row.getLong("last_seen")));
    }

    private static Set<String> words(String text) {
        return text.isEmpty()
                ? Set.of()
                : Arrays.stream(text.split(SEPARATOR)).collect(Collectors.toSet());
    }

    private static void rollBack(Statement statement, Throwable failure) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }

    private static AccountException unavailable(SqliteFile file, SQLException cause) {
        return new AccountException(
                AccountException.Reason.UNAVAILABLE, "the database " + file + ": " + cause, cause);
    }
}
