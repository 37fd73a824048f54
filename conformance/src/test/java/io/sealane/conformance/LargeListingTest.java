package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.Ending;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Directories that are too large to be held: lines leave as entries are read, no faster than the
/// client takes them, and ABOR ends it at once.
final class LargeListingTest {
    private static final int COUNTLESS = Integer.MAX_VALUE;
    private static final int MANY = 30_000;
    private static final Duration AT_ONCE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// More lines than this do not fit between the server and a client that does not read: both
    /// kernels' buffers are a few megabytes, a line is over 60 octets.
    private static final int AHEAD_MAX = 1_000_000;

    /// A busy machine may be late now and then; one round of so many must be in time.
    private static final int ROUNDS = 3;

    @ParameterizedTest
    @EnumSource
    void a_listing_is_made_while_it_is_read_and_ends_when_it_is_aborted(Security security)
            throws IOException {
        EndlessStorage files = new EndlessStorage(COUNTLESS);
        try (TestServer server = TestServer.start(security.options(), files)) {
            try (ProbeClient client = security.member(server)) {
                for (String command : new String[] {"LIST", "NLST", "MLSD"}) {
                    Duration first = PATIENCE;
                    Duration aborted = PATIENCE;
                    for (int round = 0; round < ROUNDS; round++) {
                        files.forget();
                        try (ProbeData data = client.openData()) {
                            long asked = System.nanoTime();
                            client.send(command).expect(150);
                            data.establish().read(new byte[1], PATIENCE);
                            first = shorter(first, since(asked));
                            client.expectSilence(Duration.ofMillis(50));
                            long now = System.nanoTime();
                            client.send("ABOR").expect(426).expect(226);
                            aborted = shorter(aborted, since(now));
                        }
                        assertThat(files.made()).isLessThan(AHEAD_MAX);
                    }
                    assertThat(first).as(command).isLessThan(AT_ONCE);
                    assertThat(aborted).as(command).isLessThan(AT_ONCE);
                }
            }
            assertThat(files.open()).isZero();
        }
    }

    /// Nothing is written that could fail, so the end has to be noticed otherwise.
    @Test
    void a_search_that_finds_nothing_is_aborted_at_once() throws IOException {
        EndlessStorage files = new EndlessStorage(COUNTLESS);
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS, files)) {
            try (ProbeClient client = server.plainMember(Door.PLAIN)) {
                Duration aborted = PATIENCE;
                for (int round = 0; round < ROUNDS; round++) {
                    try (ProbeData data = client.openData()) {
                        client.send("NLST *nothing").expect(150);
                        data.establish();
                        client.send("NOOP").expect(200);
                        long now = System.nanoTime();
                        client.send("ABOR").expect(426).expect(226);
                        aborted = shorter(aborted, since(now));
                    }
                }
                assertThat(aborted).isLessThan(AT_ONCE);
                assertThat(files.open()).isZero();
            }
        }
    }

    /// Searches work without ever waiting for their client, on more threads than there are
    /// processors.
    @Test
    void searches_leave_others_their_turn() throws IOException {
        EndlessStorage files = new EndlessStorage(COUNTLESS);
        List<ProbeClient> searching = new ArrayList<>();
        List<ProbeData> taken = new ArrayList<>();
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS, files);
                ProbeClient other = server.plainMember(Door.PLAIN)) {
            for (int n = 0; n <= Runtime.getRuntime().availableProcessors(); n++) {
                ProbeClient client = server.plainMember(Door.PLAIN);
                searching.add(client);
                ProbeData data = client.openData();
                taken.add(data);
                client.send("NLST *nothing").expect(150);
                data.establish();
            }
            Duration answered = PATIENCE;
            for (int round = 0; round < ROUNDS; round++) {
                long asked = System.nanoTime();
                other.send("NOOP").expect(200);
                answered = shorter(answered, since(asked));
            }
            assertThat(answered).isLessThan(AT_ONCE);
            assertThat(files.open()).isEqualTo(searching.size());
            for (ProbeClient client : searching) {
                client.send("ABOR").expect(426).expect(226).close();
            }
            for (ProbeData data : taken) {
                data.close();
            }
            assertThat(files.open()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NLST", "NLST -t", "NLST *"})
    void a_large_directory_is_listed_whole(String command) throws IOException {
        EndlessStorage files = new EndlessStorage(MANY);
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS, files)) {
            try (ProbeClient client = server.plainMember(Door.PLAIN)) {
                assertThat(client.download(command).expect(150, 226).lines())
                        .hasSize(MANY)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void names_that_vanish_meanwhile_end_nothing() throws IOException {
        try (TestServer server = TestServer.start()) {
            for (int number = 0; number < MANY; number++) {
                server.files().put("/file" + number, new byte[0]);
            }
            try (ProbeClient client = server.plainMember(Door.PLAIN);
                    ProbeClient other = server.plainMember(Door.PLAIN);
                    ProbeData data = client.openData()) {
                client.send("NLST").expect(150);
                data.establish().read(new byte[1], PATIENCE);
                Set<String> gone =
                        IntStream.range(MANY - 100, MANY)
                                .mapToObj(number -> "file" + number)
                                .collect(Collectors.toSet());
                for (String name : gone) {
                    other.send("DELE " + name).expect(250);
                }
                assertThat(new String(data.readToEnd(), StandardCharsets.UTF_8)).endsWith("\r\n");
                data.finish(Ending.ORDERLY);
                client.expect(226);
                assertThat(client.download("NLST").expect(150, 226).lines())
                        .doesNotContainAnyElementsOf(gone);
            }
        }
    }

    @Test
    void stat_of_a_large_directory_is_refused_and_no_half_of_it_shown() throws IOException {
        EndlessStorage files = new EndlessStorage(COUNTLESS);
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS, files)) {
            try (ProbeClient client = server.plainMember(Door.PLAIN)) {
                client.send("STAT /").expect(502, "Too long for STAT, use LIST.");
                client.send("STAT *nothing").expect(502, "Too long for STAT, use LIST.");
                assertThat(files.made()).isLessThan(20_000);
                assertThat(files.open()).isZero();
            }
        }
    }

    @Test
    void recursion_has_an_end_and_says_so() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            StringBuilder path = new StringBuilder();
            for (int level = 1; level <= 17; level++) {
                client.send("MKD " + path.append("/d")).expect(257);
            }
            assertThat(client.download("LIST -R /d").expect(150, 226).lines()).hasSize(16 + 16 * 2);
            assertThat(client.download("LIST -R").expect(150, 451).lines())
                    .contains("docs:", "void:")
                    .doesNotContain(path.substring(1) + ":");
            client.download("NLST -R /d/d").expect(150, 226);
        }
    }

    @Test
    void recursion_ends_after_as_many_lines_as_it_may_have() throws IOException {
        EndlessStorage files = new EndlessStorage(COUNTLESS);
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS, files)) {
            try (ProbeClient client = server.plainMember(Door.PLAIN)) {
                assertThat(client.download("LIST -R").expect(150, 451).lines()).hasSize(100_000);
                assertThat(files.open()).isZero();
            }
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
