package io.sealane.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.AccountException;
import io.sealane.accounts.StoredAccount;
import io.sealane.accounts.UserName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several stores, in one process and in two, on one database.
@Timeout(60)
final class SqliteAccountStoreSharingTest {
    private static final UserName ALICE = new UserName("alice");
    private static final int PATIENCE_SECONDS = 30;

    private final Path folder;
    private final Path file;

    SqliteAccountStoreSharingTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("sealane.db");
    }

    @Test
    void two_stores_see_each_others_changes_at_once() throws AccountException {
        try (SqliteAccountStore server = open();
                SqliteAccountStore command = open()) {
            assertThat(server.find(ALICE)).isEmpty();

            command.add(Accounts.enabled(ALICE));
            assertThat(server.find(ALICE)).contains(Accounts.enabled(ALICE));
            command.setPassword(ALICE, "$new");
            assertThat(server.find(ALICE).orElseThrow().passwordHash()).isEqualTo("$new");
            server.disable(ALICE);
            assertThat(command.find(ALICE).orElseThrow().account().enabled()).isFalse();
            command.remove(ALICE);
            assertThat(server.find(ALICE)).isEmpty();
            assertThat(server.firstPage()).isEmpty();
        }
    }

    @Test
    void two_processes_see_each_others_changes_at_once() throws Exception {
        try (SqliteAccountStore server = open();
                AccountProcess command = startProcess()) {
            assertThat(command.answer()).isEqualTo("open");
            assertThat(server.find(ALICE)).isEmpty();

            command.tell("add alice");
            assertThat(command.answer()).isEqualTo("done");
            assertThat(server.find(ALICE)).contains(Accounts.enabled(ALICE));
            server.setPassword(ALICE, "$new");
            command.tell("find alice");
            assertThat(command.answer()).isEqualTo("$new");
            command.tell("passwd alice $newer");
            assertThat(command.answer()).isEqualTo("done");
            assertThat(server.find(ALICE).orElseThrow().passwordHash()).isEqualTo("$newer");
        }
    }

    @Test
    void a_process_prints_nothing_and_leaves_no_file_behind_even_when_killed() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        try (AccountProcess command =
                AccountProcess.start(file, temporary, folder.resolve("errors"))) {
            assertThat(command.answer()).isEqualTo("open");
            assertThat(temporary).isEmptyDirectory();
            command.tell("add alice");
            assertThat(command.answer()).isEqualTo("done");
            command.kill();

            assertThat(temporary).isEmptyDirectory();
            assertThat(command.errors()).isEmpty();
        }
        try (SqliteAccountStore store = open()) {
            assertThat(store.find(ALICE)).contains(Accounts.enabled(ALICE));
        }
    }

    @Test
    void writers_of_two_processes_and_readers_do_not_fail_each_other() throws Exception {
        int changes = 100;
        try (SqliteAccountStore server = open();
                SqliteAccountStore other = open();
                AccountProcess command = startProcess()) {
            assertThat(command.answer()).isEqualTo("open");
            server.add(Accounts.enabled(ALICE));

            command.tell("passwd-often alice " + changes);
            inParallel(
                    List.of(
                            () -> setPasswords(server, changes),
                            () -> setPasswords(server, changes),
                            () -> setPasswords(other, changes),
                            () -> findOften(server, changes * 50),
                            () -> findOften(other, changes * 50)));

            assertThat(command.answer()).isEqualTo("done");
        }
    }

    @RepeatedTest(20)
    void stores_that_make_the_database_at_the_same_time_all_open() throws Exception {
        int count = 6;
        CyclicBarrier together = new CyclicBarrier(count);
        List<Callable<Void>> openings = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            UserName name = new UserName("user" + number);
            openings.add(() -> {
                together.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                try (SqliteAccountStore store = open()) {
                    store.add(Accounts.enabled(name));
                    return null;
                }
            });
        }

        inParallel(openings);

        try (SqliteAccountStore store = open()) {
            assertThat(store.firstPage()).hasSize(count);
        }
    }

    private static Void setPasswords(SqliteAccountStore store, int times) throws AccountException {
        for (int time = 0; time < times; time++) {
            store.setPassword(ALICE, "$" + time);
        }
        return null;
    }

    private static Void findOften(SqliteAccountStore store, int times) throws AccountException {
        for (int time = 0; time < times; time++) {
            assertThat(store.find(ALICE).map(StoredAccount::passwordHash)).isPresent();
        }
        return null;
    }

    private static void inParallel(List<Callable<Void>> calls) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private SqliteAccountStore open() throws AccountException {
        return SqliteAccountStore.open("jdbc:sqlite:" + file);
    }

    private AccountProcess startProcess() throws IOException {
        return AccountProcess.start(file, folder, folder.resolve("errors"));
    }
}
