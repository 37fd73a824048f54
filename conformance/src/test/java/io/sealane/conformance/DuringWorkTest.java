package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.Ending;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the control connection hears and says while a command works without a data connection, and
/// how such work ends. The leak check looks at the threads, the storage at the files.
final class DuringWorkTest {
    private static final Duration QUIET = Duration.ofMillis(50);
    private static final Duration AT_ONCE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// A busy machine may be late now and then; one round of so many must be in time.
    private static final int ROUNDS = 3;

    /// Twice as many are more than a path has names.
    private static final int LEVELS = 200;

    private final WatchedStorage files =
            new WatchedStorage(TestFiles.fresh(InstantSource.fixed(TestServer.NOW)).storage());

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(TestServer.Options.DEFAULTS, files);
    }

    @AfterEach
    void stop() {
        server.close();
        files.awaitNothingOpen();
    }

    @ParameterizedTest
    @EnumSource
    void noop_pwd_and_stat_are_answered_at_once_and_once(Security security) throws IOException {
        try (ProbeClient client = security.member(server)) {
            client.send("HASH endless");
            files.awaitEndless(1);
            client.send("NOOP").expect(200).expectSilence(QUIET);
            client.send("PWD").expect(257).expectSilence(QUIET);
            long before = hashed(client);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (hashed(client) <= before) {
                assertThat(System.nanoTime()).as("nothing is hashed").isLessThan(deadline);
                client.expectSilence(QUIET);
            }
            client.sendRaw(TestFiles.text("NOOP\r\nPWD\r\nSTAT\r\n"));
            client.expect(200).expect(257).expect(211).expectSilence(QUIET);
            client.send("ABOR").expect(426, "Aborted, nothing was changed.").expect(226);
            assertThat(client.ask("STAT").body()).noneMatch(line -> line.contains("so far"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HASH endless",
                "XCRC endless",
                "XSHA512 \"endless\" 5",
                "MMD5 hello.txt, endless",
                "SITE COPY endless sink",
                "COMB sink hello.txt endless"
            })
    void abor_ends_it_at_once(String command) throws IOException {
        try (ProbeClient client = server.plainMember(Door.PLAIN)) {
            long quickest = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                client.send(command);
                files.awaitEndless(1);
                long start = System.nanoTime();
                client.send("ABOR").expect(426).expect(226);
                quickest = Math.min(quickest, System.nanoTime() - start);
            }
            assertThat(quickest).isLessThan(AT_ONCE.toNanos());
            client.send("SIZE hello.txt").expect(213, "12").send("SIZE sink").expect(550);
            client.send("ABOR").expect(226, "No transfer to abort.");
        }
    }

    @Test
    void what_a_broken_copy_wrote_is_discarded() throws IOException {
        try (ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("SITE COPY endless sink");
            files.awaitEndless(1);
            client.send("ABOR").expect(426).expect(226);
            files.awaitNothingOpen();
            assertThat(files.discarded()).isEqualTo(1);
        }
    }

    @Test
    void what_is_no_command_is_answered_in_its_turn() throws IOException {
        try (ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("HASH endless");
            files.awaitEndless(1);
            client.send("XYZZY").expectSilence(QUIET);
            client.send("ABOR").expect(426).expect(500).expect(226);
        }
    }

    @Test
    void other_commands_wait_for_the_end_and_come_in_their_order() throws IOException {
        try (ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("XCRC gated");
            client.sendRaw(TestFiles.text("SIZE hello.txt\r\nHASH hello.txt\r\nSYST\r\n"));
            files.awaitOpen(1);
            client.expectSilence(QUIET);
            files.openGate();
            client.expect(250, "9988C6CA").expect(213, "12").expect(213, "SHA-256...").expect(215);
        }
    }

    @Test
    void quit_lets_it_end_first() throws IOException {
        try (ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("XCRC gated").send("QUIT");
            files.awaitOpen(1);
            client.expectSilence(QUIET);
            files.openGate();
            client.expect(250).expect(221).expectEnd(PeerEnd.FIN);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "FIN"})
    void a_client_that_is_gone_ends_it(Ending ending) throws IOException {
        try (ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("HASH endless");
            files.awaitEndless(1);
            client.finish(ending);
            server.awaitNoSessions();
            files.awaitNothingOpen();
        }
    }

    @Test
    void a_server_that_stops_ends_it() throws IOException {
        try (ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("HASH endless");
            files.awaitEndless(1);
            server.server().close();
            client.expect(426).expect(421, "The server is stopping...").expectEnd(PeerEnd.FIN);
        }
    }

    @Test
    void no_more_are_computed_at_once_than_there_are_processors() throws IOException {
        int most = Runtime.getRuntime().availableProcessors();
        List<ProbeClient> clients = new ArrayList<>();
        try (ProbeClient late = server.plainMember(Door.PLAIN)) {
            String known = late.ask("HASH hello.txt").text();
            for (int number = 0; number < most; number++) {
                clients.add(server.plainMember(Door.PLAIN).send("HASH endless"));
            }
            files.awaitEndless(most);
            late.send("HASH docs/guide.txt").expect(450, "As many checksums as may be...");
            late.send("XCRC hello.txt").expect(450).send("MD5 hello.txt").expect(450);
            assertThat(late.ask("HASH hello.txt").text()).isEqualTo(known);
            clients.getFirst().send("ABOR").expect(426).expect(226);
            late.send("HASH docs/guide.txt").expect(213);
        } finally {
            for (ProbeClient client : clients) {
                client.close();
            }
        }
    }

    /// COMB goes on from its target, as APPE does.
    @ParameterizedTest
    @CsvSource({"STOR hello.txt,10", "STOR new,10"})
    void comb_does_not_replace_what_others_stored_at_its_target(String change, String size)
            throws IOException {
        String target = change.split(" ", 2)[1];
        try (ProbeClient client = server.plainMember(Door.PLAIN);
                ProbeClient other = server.plainMember(Door.PLAIN)) {
            client.send("COMB " + target + " gated empty.txt");
            files.awaitOpen(1);
            other.upload(change, TestFiles.text("of another")).expect(150, 226);
            files.openGate();
            client.expect(450).send("SIZE empty.txt").expect(213);
            client.send("SIZE " + target).expect(213, size);
        }
    }

    @Test
    void nothing_is_appended_to_what_comb_is_about_to_replace() throws IOException {
        try (ProbeClient client = server.plainMember(Door.PLAIN);
                ProbeClient other = server.plainMember(Door.PLAIN)) {
            client.send("COMB hello.txt gated empty.txt");
            files.awaitOpen(1);
            other.upload("APPE hello.txt", TestFiles.text("of another")).expect(450);
            files.openGate();
            client.expect(250);
        }
    }

    @Test
    void comb_does_not_bring_back_what_others_removed() throws IOException {
        try (ProbeClient client = server.plainMember(Door.PLAIN);
                ProbeClient other = server.plainMember(Door.PLAIN)) {
            client.send("COMB hello.txt gated empty.txt");
            files.awaitOpen(1);
            other.send("DELE hello.txt").expect(250);
            files.openGate();
            client.expect(450).send("SIZE empty.txt").expect(213);
            client.send("SIZE hello.txt").expect(550);
        }
    }

    @Test
    void no_more_than_sixteen_files_are_copied_at_once() throws IOException {
        List<ProbeClient> clients = new ArrayList<>();
        try (ProbeClient late = server.plainMember(Door.PLAIN)) {
            for (int number = 0; number < 16; number++) {
                clients.add(server.plainMember(Door.PLAIN).send("SITE COPY gated copy" + number));
                files.awaitOpen(number + 1);
            }
            late.send("SITE COPY hello.txt copy").expect(450, "Busy, try again later.");
            late.send("COMB all hello.txt").expect(450).send("SIZE hello.txt").expect(213);
            files.openGate();
            clients.getFirst().expect(250);
            late.send("SITE COPY hello.txt copy").expect(250);
        } finally {
            for (ProbeClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void no_more_trees_are_walked_at_once_than_there_are_processors() throws IOException {
        int most = Runtime.getRuntime().availableProcessors();
        List<ProbeClient> clients = new ArrayList<>();
        try (ProbeClient late = server.plainMember(Door.PLAIN)) {
            for (int number = 0; number < most; number++) {
                clients.add(server.plainMember(Door.PLAIN).send("DSIZ gated"));
                files.awaitOpen(number + 1);
            }
            late.send("DSIZ docs").expect(450, "Busy, try again later.");
            late.send("RMDA docs").expect(450).send("SIZE docs/guide.txt").expect(213);
            files.openGate();
            clients.getFirst().expect(213, "0");
            late.send("DSIZ docs").expect(213, "6");
        } finally {
            for (ProbeClient client : clients) {
                client.close();
            }
        }
    }

    /// By renaming one tree into another a client makes one that no path leads to the end of.
    @Test
    void a_tree_that_is_deeper_than_a_path_is_walked_no_further() throws IOException {
        try (ProbeClient client = server.plainMember(Door.PLAIN)) {
            for (String top : List.of("upper", "lower")) {
                String path = top;
                for (int level = 0; level < LEVELS; level++) {
                    client.send("MKD " + path).expect(257);
                    path += "/d";
                }
            }
            String deepest = "upper" + "/d".repeat(LEVELS - 1);
            client.send("RNFR lower").expect(350).send("RNTO " + deepest + "/lower").expect(250);
            client.send("DSIZ upper").expect(553).send("RMDA upper").expect(553);
            client.send("CWD " + deepest + "/lower").expect(250).send("CWD /").expect(250);
            client.send("RNFR " + deepest + "/lower").expect(350).send("RNTO lower").expect(250);
            client.send("DSIZ upper").expect(213, "0");
            client.send("RMDA upper").expect(250).send("RMDA lower").expect(250);
        }
    }

    @Test
    void a_second_checksum_of_an_unchanged_file_reads_nothing() throws IOException {
        try (ProbeClient client = server.plainMember(Door.PLAIN)) {
            String first = client.ask("HASH hello.txt").text();
            int reads = files.reads();
            assertThat(reads).isPositive();
            assertThat(client.ask("HASH hello.txt").text()).isEqualTo(first);
            assertThat(files.reads()).isEqualTo(reads);
            client.send("RANG 0 11").expect(350);
            assertThat(client.ask("HASH hello.txt").text()).isEqualTo(first);
            assertThat(files.reads()).isEqualTo(reads);
            client.send("RANG 0 4").expect(350).send("HASH hello.txt").expect(213);
            client.send("XCRC hello.txt").expect(250, "C4C55DFF");
            assertThat(files.reads()).isGreaterThan(reads);
        }
    }

    /// As many octets, and the time that the file had before.
    @Test
    void a_changed_file_has_another_checksum() throws IOException {
        try (ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("MFMT 20200102030405 hello.txt").expect(213);
            client.send("XCRC hello.txt").expect(250, "C4C55DFF");
            client.upload("STOR hello.txt", TestFiles.text("HELLO\nworld\n")).expect(150, 226);
            client.send("MFMT 20200102030405 hello.txt").expect(213);
            client.send("XCRC hello.txt").expect(250, "6EB2EAF5");
        }
    }

    private static long hashed(ProbeClient client) throws IOException {
        String line =
                client.ask("STAT").body().stream()
                        .filter(text -> text.startsWith(" HASH /endless: "))
                        .findFirst()
                        .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
