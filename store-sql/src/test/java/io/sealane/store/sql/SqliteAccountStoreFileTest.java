package io.sealane.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealane.accounts.AccountException;
import io.sealane.accounts.AccountException.Reason;
import io.sealane.accounts.UserName;
import io.sealane.testkit.LeakCheck;
import io.sealane.testkit.LeakCheck.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The database as a file: how it is made, and which files are refused.
final class SqliteAccountStoreFileTest {
    private static final UserName ALICE = new UserName("alice");

    private final Path folder;
    private final Path file;

    SqliteAccountStoreFileTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("sealane.db");
    }

    /// So that the tests' own statements find it, whichever runs first.
    @BeforeEach
    void load_the_library() throws AccountException {
        SqliteLibrary.load();
    }

    @Test
    void a_new_database_and_its_new_folders_are_for_their_owner_alone()
            throws AccountException, IOException {
        Path newer = folder.resolve("new").resolve("newer");

        try (SqliteAccountStore store = open(newer.resolve("sealane.db"))) {
            store.add(Accounts.enabled(ALICE));

            try (Stream<Path> files = Files.list(newer)) {
                assertThat(files)
                        .hasSize(3) // with -wal and -shm
                        .allSatisfy(made -> assertThat(mode(made)).isEqualTo("rw-------"));
            }
            assertThat(mode(folder.resolve("new"))).isEqualTo("rwx------");
            assertThat(mode(newer)).isEqualTo("rwx------");
        }
    }

    @Test
    void a_file_that_is_replaced_while_it_is_open_answers_no_more()
            throws AccountException, IOException {
        Path other = folder.resolve("other.db");
        open(other).close();
        try (SqliteAccountStore store = open(file)) {
            store.add(Accounts.enabled(ALICE));
            Path aside = folder.resolve("aside.db");
            Files.move(file, aside);
            Files.move(other, file);

            assertRefused(Reason.UNAVAILABLE, () -> store.find(ALICE));
            assertRefused(Reason.UNAVAILABLE, store::firstPage);
            assertRefused(Reason.UNAVAILABLE, () -> store.disable(ALICE));
            assertRefused(Reason.UNAVAILABLE, store::allTlsDemands);
            assertRefused(Reason.UNAVAILABLE, store::hasTotpKeys);

            Files.move(file, other);
            Files.move(aside, file);
            assertThat(store.find(ALICE)).isPresent();
        }
    }

    @Test
    void a_file_that_is_removed_while_it_is_open_answers_no_more()
            throws AccountException, IOException {
        try (SqliteAccountStore store = open(file)) {
            store.add(Accounts.enabled(ALICE));
            Files.delete(file);

            assertRefused(Reason.UNAVAILABLE, () -> store.find(ALICE));
        }
    }

    @Test
    void a_folder_and_a_file_that_are_there_keep_their_modes()
            throws AccountException, IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-x---"));
        Path made = Files.createFile(shared.resolve("sealane.db"));
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-r-----"));

        open(made).close();

        assertThat(mode(shared)).isEqualTo("rwxr-x---");
        assertThat(mode(made)).isEqualTo("rw-r-----");
    }

    @Test
    void accounts_outlive_the_store() throws AccountException {
        try (SqliteAccountStore store = open(file)) {
            store.add(Accounts.enabled(ALICE));
        }
        try (SqliteAccountStore store = open(file)) {
            assertThat(store.find(ALICE)).contains(Accounts.enabled(ALICE));
        }
    }

    @Test
    void a_closed_store_leaves_one_file_and_answers_no_more() throws AccountException, IOException {
        SqliteAccountStore store = open(file);
        store.add(Accounts.enabled(ALICE));

        store.close();
        store.close();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertRefused(Reason.UNAVAILABLE, () -> store.find(ALICE));
        assertRefused(Reason.UNAVAILABLE, () -> store.remove(ALICE));
        assertRefused(Reason.UNAVAILABLE, store::firstPage);
    }

    @Test
    void the_database_is_marked_as_sealanes_and_has_a_write_ahead_log()
            throws AccountException, SQLException {
        open(file).close();

        assertThat(query("PRAGMA application_id")).isEqualTo("" + 0x5345414C);
        assertThat(query("PRAGMA user_version")).isEqualTo("4");
        assertThat(query("PRAGMA journal_mode")).isEqualTo("wal");
    }

    @Test
    void accounts_of_the_first_schema_are_kept_and_demand_nothing()
            throws AccountException, SQLException {
        open(file).close();
        for (String older :
                List.of(
                        "DROP TABLE tls_use",
                        "DROP INDEX account_with_tls_demands",
                        "ALTER TABLE account DROP COLUMN tls_demands",
                        "ALTER TABLE account DROP COLUMN number",
                        "DROP INDEX account_with_totp_key",
                        "ALTER TABLE account DROP COLUMN totp_key",
                        "ALTER TABLE account DROP COLUMN totp_step",
                        "INSERT INTO account VALUES ('alice', '$hash', 1, NULL)",
                        "PRAGMA user_version = 1")) {
            execute(older);
        }

        try (SqliteAccountStore store = open(file)) {
            assertThat(store.find(ALICE).orElseThrow().account().tlsDemands()).isEmpty();
            assertThat(store.find(ALICE).orElseThrow().totpKey()).isEmpty();
            store.setTlsDemands(ALICE, "data=required");
            assertThat(store.allTlsDemands()).containsExactly("data=required");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sealane.db",
                "/var/lib/sealane.db",
                "sqlite:/x.db",
                "JDBC:SQLITE:/x.db",
                "jdbc:mysql://localhost/x",
                "jdbc:sqlite",
                "jdbc:sqlite:",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite::resource:x.db",
                "jdbc:sqlite:file:x.db",
                "jdbc:sqlite:/x.db?journal_mode=OFF",
                "jdbc:sqlite:/x\0.db"
            })
    void urls_that_name_no_file_are_refused(String url) {
        assertRefused(Reason.NOT_SERVED, () -> SqliteAccountStore.open(url));
    }

    @Test
    void postgresql_is_refused_by_its_name() {
        assertThatExceptionOfType(AccountException.class)
                .isThrownBy(() -> SqliteAccountStore.open("jdbc:postgresql://db/sealane"))
                .withMessageContaining("PostgreSQL is not served yet")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_SERVED));
    }

    @Test
    void a_path_may_hold_blanks_percent_signs_and_letters_of_any_script() throws AccountException {
        Path odd = folder.resolve("a b%20#&'ü;.db");

        open(odd).close();

        assertThat(odd).isRegularFile();
    }

    @Test
    void another_programs_database_is_refused_and_left_as_it_was()
            throws AccountException, SQLException {
        execute("CREATE TABLE theirs (id INTEGER)");

        assertThatExceptionOfType(AccountException.class)
                .isThrownBy(() -> open(file))
                .withMessageContaining("another program")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_SERVED));

        assertThat(query("SELECT group_concat(name) FROM sqlite_schema")).isEqualTo("theirs");
        assertThat(query("PRAGMA application_id")).isEqualTo("0");
        assertThat(query("PRAGMA journal_mode")).isEqualTo("delete");
    }

    @Test
    void a_newer_sealanes_database_is_refused_and_left_as_it_was()
            throws AccountException, SQLException {
        open(file).close();
        execute("PRAGMA user_version = 99");

        assertThatExceptionOfType(AccountException.class)
                .isThrownBy(() -> open(file))
                .withMessageContaining("newer Sealane")
                .withMessageContaining("99")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_SERVED));

        assertThat(query("PRAGMA user_version")).isEqualTo("99");
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_left_as_it_was() throws IOException {
        String text = "listeners: []\n".repeat(100);
        Files.writeString(file, text);

        assertRefused(Reason.UNAVAILABLE, () -> open(file));

        assertThat(file).hasContent(text);
    }

    @Test
    void a_folder_in_place_of_the_file_and_a_file_in_place_of_the_folder_are_refused()
            throws IOException {
        Files.createDirectory(file);
        assertRefused(Reason.UNAVAILABLE, () -> open(file));

        Path blocked = Files.createFile(folder.resolve("blocked")).resolve("sealane.db");
        assertRefused(Reason.UNAVAILABLE, () -> open(blocked));

        Path dangling = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        assertRefused(Reason.UNAVAILABLE, () -> open(dangling));
    }

    @ParameterizedTest
    @ValueSource(strings = {"srv/ftp", "", "."})
    void a_home_that_someone_made_relative_is_broken(String home)
            throws AccountException, SQLException {
        try (SqliteAccountStore store = open(file)) {
            store.add(Accounts.enabled(ALICE));
            execute("UPDATE account SET home = '" + home + "'");

            assertRefused(Reason.BROKEN, () -> store.find(ALICE));
            assertRefused(Reason.BROKEN, store::firstPage);
        }
    }

    @Test
    void a_name_that_someone_made_impossible_is_broken() throws AccountException, SQLException {
        try (SqliteAccountStore store = open(file)) {
            store.add(Accounts.enabled(ALICE));
            execute("UPDATE account SET name = '../alice'");

            assertRefused(Reason.BROKEN, store::firstPage);
        }
    }

    @Test
    void hostile_texts_are_values_and_never_statements() throws AccountException {
        try (SqliteAccountStore store = open(file)) {
            store.add(Accounts.enabled(ALICE));
            String hostile = "'; DROP TABLE account; -- \" \u0131 \ud83d\ude00";

            store.setPassword(ALICE, hostile);
            store.setHome(ALICE, folder.resolve("'); DELETE FROM account; --"));

            assertThat(store.find(ALICE).orElseThrow().passwordHash()).isEqualTo(hostile);
            assertThat(store.find(ALICE).orElseThrow().account().home())
                    .contains(folder.resolve("'); DELETE FROM account; --"));
        }
    }

    @Test
    void a_refused_opening_and_a_closed_store_keep_no_file_open()
            throws AccountException, SQLException, IOException {
        LeakCheck leaks = LeakCheck.ofThisProcess().watching(Resource.FILES);
        LeakCheck.Snapshot before = leaks.snapshot();

        open(folder.resolve("good.db")).close();
        execute("CREATE TABLE theirs (id INTEGER)");
        assertRefused(Reason.NOT_SERVED, () -> open(file));

        leaks.assertBackTo(before, Duration.ofSeconds(5));
    }

    private static SqliteAccountStore open(Path file) throws AccountException {
        return SqliteAccountStore.open("jdbc:sqlite:" + file);
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatExceptionOfType(AccountException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
