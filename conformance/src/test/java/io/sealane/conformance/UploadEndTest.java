package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;

import io.sealane.core.event.Event;
import io.sealane.core.tls.UploadEnd;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.Direction;
import io.sealane.testkit.Ending;
import io.sealane.testkit.Fault;
import io.sealane.testkit.FaultProxy;
import io.sealane.testkit.Passage;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.RandomBytes;
import io.sealane.testkit.TlsChoice;
import io.sealane.testkit.TlsRecord;
import io.sealane.testkit.TlsRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The ends of an upload, and what each is worth.
final class UploadEndTest {
    private static final byte[] CONTENT = new RandomBytes(99, 70_000).toArray();
    private static final byte[] HALF = Arrays.copyOf(CONTENT, 30_000);
    private static final byte[] REST = Arrays.copyOfRange(CONTENT, 30_000, CONTENT.length);
    private static final byte[] OLD = TestFiles.text("hello\nworld\n");
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration RECORDED = Duration.ofMillis(30);
    private static final Duration HOLD = Duration.ofMillis(100);

    /// Level, description, type and tag of an alert under TLS 1.3, and sixteen bytes of padding,
    /// which JSSE adds. The shortest ticket is several times that.
    private static final int ALERT_RECORD_BYTES_MAX = 2 + 1 + 16 + 16;

    @ParameterizedTest
    @EnumSource
    void an_orderly_end_publishes_the_file(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            upload(client, "STOR hello.txt", CONTENT, Ending.ORDERLY);
            client.expect(226);
            assertThat(server.files().content("/hello.txt")).contains(CONTENT);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_fin_without_close_notify_publishes_nothing_and_keeps_what_came(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            upload(client, "STOR new", HALF, Ending.FIN);
            client.expect(426, "...without a TLS close_notify...");
            assertThat(server.files().exists("/new")).isFalse();
            client.send("SIZE new").expect(213, Integer.toString(HALF.length));

            client.send("REST " + HALF.length).expect(350);
            upload(client, "STOR new", REST, Ending.ORDERLY);
            client.expect(226);
            assertThat(server.files().content("/new")).contains(CONTENT);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_broken_upload_can_be_continued_by_appe(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            upload(client, "STOR new", HALF, Ending.FIN);
            client.expect(426);
            upload(client, "APPE new", REST, Ending.ORDERLY);
            client.expect(226);
            assertThat(server.files().content("/new")).contains(CONTENT);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void an_old_file_stays_when_its_replacement_breaks_and_the_replacement_can_be_continued(
            Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            upload(client, "STOR hello.txt", HALF, Ending.FIN);
            client.expect(426);
            assertThat(server.files().content("/hello.txt")).contains(OLD);
            client.send("SIZE hello.txt").expect(213, Integer.toString(OLD.length));

            client.send("REST " + HALF.length).expect(350);
            upload(client, "STOR hello.txt", REST, Ending.ORDERLY);
            client.expect(226);
            assertThat(server.files().content("/hello.txt")).contains(CONTENT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_reset_publishes_nothing(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            upload(client, "STOR hello.txt", HALF, Ending.RESET);
            client.expect(426);
            assertThat(server.files().content("/hello.txt")).contains(OLD);
            client.download("RETR hello.txt").expect(150, 226);
        }
    }

    /// What does not fit the window of a server that has yet to read, the client's kernel forgets
    /// at a reset.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_reset_behind_close_notify_changes_nothing(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            for (int i = 0; i < 20; i++) {
                try (ProbeData data = client.openData()) {
                    client.send("STOR hello.txt").expect(150);
                    data.write(HALF).finish(Ending.CLOSE_NOTIFY_ONLY);
                    data.finish(Ending.RESET);
                    client.expect(226);
                }
                assertThat(server.files().content("/hello.txt")).contains(HALF);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_client_that_keeps_its_socket_open_behind_close_notify_is_answered_at_once(
            Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server);
                ProbeData data = client.openData()) {
            client.send("STOR a").expect(150);
            data.write(CONTENT);
            long start = System.nanoTime();
            data.finish(Ending.CLOSE_NOTIFY_ONLY);
            client.expect(226);
            assertThat(since(start)).isLessThan(AT_ONCE);
            assertThat(server.files().content("/a")).contains(CONTENT);
            client.upload("STOR b", CONTENT).expect(150, 226);
            assertThat(data.awaitEnd()).isEqualTo(PeerEnd.CLOSE_NOTIFY);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void the_server_answers_close_notify_before_the_client_closes(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server);
                ProbeData data = client.openData()) {
            client.send("STOR a").expect(150);
            data.write(CONTENT).finish(Ending.CLOSE_NOTIFY_ONLY);
            assertThat(data.awaitEnd(AT_ONCE)).isEqualTo(PeerEnd.CLOSE_NOTIFY);
            client.expect(226);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_lenient_listener_takes_a_fin_for_the_end(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options().with(UploadEnd.LENIENT));
                ProbeClient client = security.member(server)) {
            upload(client, "STOR a", CONTENT, Ending.FIN);
            client.expect(226);
            assertThat(server.files().content("/a")).contains(CONTENT);
            upload(client, "STOR b", CONTENT, Ending.RESET);
            client.expect(426);
            assertThat(server.files().exists("/b")).isFalse();
            upload(client, "STOR c", CONTENT, Ending.ORDERLY);
            client.expect(226);
            assertThat(server.events().all(Event.Transfer.class))
                    .extracting(Event.Transfer::result, Event.Transfer::eof)
                    .containsExactly(
                            tuple("complete", "unclean"),
                            tuple("reset", "-"),
                            tuple("complete", "clean"));
        }
    }

    /// By a FIN alone nothing tells a whole upload from one that was cut, unless it was announced:
    /// some clients announce the file, some what is to come of it. As ffmpeg does whenever it is
    /// done.
    @Test
    void a_lenient_listener_takes_a_fin_in_the_clear_also_from_who_has_left() throws IOException {
        try (TestServer server =
                TestServer.start(TestServer.Options.DEFAULTS.with(UploadEnd.LENIENT))) {
            try (ProbeClient client = server.plainMember(Door.OPTIONAL_LOOSE);
                    ProbeData data = client.openData()) {
                client.send("STOR a").expect(150);
                data.write(CONTENT);
                client.finish(Ending.FIN);
                client.expectSilence(Duration.ofMillis(50));
                data.finish(Ending.FIN);
                server.awaitNoSessions();
            }
            assertThat(server.files().content("/a")).contains(CONTENT);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_lenient_listener_takes_no_fin_by_tls_from_who_has_left(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options().with(UploadEnd.LENIENT))) {
            try (ProbeClient client = security.member(server);
                    ProbeData data = client.openData()) {
                client.send("STOR a").expect(150);
                data.write(CONTENT);
                client.finish(Ending.FIN);
                client.expectSilence(Duration.ofMillis(50));
                data.finish(Ending.FIN);
                server.awaitNoSessions();
            }
            assertThat(server.files().exists("/a")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_upload_that_ends_before_what_allo_announced_is_cut(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options().with(UploadEnd.LENIENT));
                ProbeClient client = security.member(server)) {
            client.send("TYPE I").expect(200).send("ALLO " + CONTENT.length).expect(200);
            upload(client, "STOR new", HALF, Ending.FIN);
            client.expect(426, "...fewer octets came than ALLO had announced...");
            assertThat(server.files().exists("/new")).isFalse();
            client.send("SIZE new").expect(213, Integer.toString(HALF.length));
            for (int announced : new int[] {CONTENT.length, REST.length}) {
                client.send("ALLO " + announced).expect(200);
                client.send("REST " + HALF.length).expect(350);
                upload(client, "STOR new", REST, Ending.FIN);
                client.expect(226);
                assertThat(server.files().content("/new")).contains(CONTENT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_allo_announced_counts_for_the_next_upload_in_octets_alone(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options().with(UploadEnd.LENIENT));
                ProbeClient client = security.member(server)) {
            client.send("TYPE I").expect(200).send("ALLO " + CONTENT.length).expect(200);
            upload(client, "STOR a", HALF, Ending.ORDERLY);
            client.expect(security.tls() ? 226 : 426);
            upload(client, "STOR b", HALF, Ending.FIN);
            client.expect(226);
            client.send("ALLO " + CONTENT.length).expect(200).send("ALLO").expect(200);
            upload(client, "STOR c", HALF, Ending.FIN);
            client.expect(226);
            client.send("ALLO " + CONTENT.length).expect(200).send("ALLO x").expect(501);
            upload(client, "STOR c", CONTENT, Ending.FIN);
            client.expect(226).send("ALLO " + HALF.length).expect(200);
            upload(client, "APPE c", new byte[1], Ending.FIN);
            client.expect(426);
            client.send("TYPE A").expect(200).send("ALLO " + CONTENT.length).expect(200);
            upload(client, "STOR d", HALF, Ending.FIN);
            client.expect(226);
        }
    }

    /// Interop: clients that never read while they upload (Ruby, Perl, gftp, curl before 8.7).
    /// Whatever the server sent them would turn their close into a reset.
    @ParameterizedTest
    @EnumSource
    void clients_that_never_read_lose_nothing(Security security) throws IOException {
        List<Integer> sizes =
                List.of(1, 16_383, 16_384, 16_385, 18_815, 65_536, 101_701, 2_000_000);
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            for (int round = 0; round < 5; round++) {
                for (int size : sizes) {
                    byte[] content = new RandomBytes(size, size).toArray();
                    upload(client, "STOR a", content, Ending.ORDERLY);
                    client.expect(226);
                    assertThat(server.files().content("/a")).contains(content);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSSE_1_3", "BORINGSSL_1_3"})
    void behind_its_finished_the_server_sends_one_close_notify_and_nothing_else(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            assertOnlyCloseNotify(client);
            client.data(
                    client.plan().protection(new DataProtection.FreshSession(TlsChoice.TLS_1_3)));
            assertOnlyCloseNotify(client);
        }
    }

    /// The proxy holds the client's Finished back while what the server has said so far is counted.
    private static void assertOnlyCloseNotify(ProbeClient client) throws IOException {
        FaultProxy.Builder slow =
                FaultProxy.before(client.passiveAddress(client.ask("EPSV")))
                        .towardsServer(new Fault.Delay(HOLD));
        try (FaultProxy proxy = slow.start();
                ProbeData data = client.connectData(proxy.address())) {
            data.establish();
            client.expectSilence(RECORDED);
            Passage passage = proxy.passages().getFirst();
            int flight = recordsToClient(passage).size();
            client.send("STOR a").expect(150);
            data.write(TestFiles.text("abc")).finish(Ending.ORDERLY);
            client.expect(226);
            assertThat(data.awaitEnd()).isEqualTo(PeerEnd.CLOSE_NOTIFY);
            List<TlsRecord> all = recordsToClient(passage);
            assertThat(all.subList(flight, all.size()))
                    .singleElement()
                    .extracting(TlsRecord::length, INTEGER)
                    .isLessThanOrEqualTo(ALERT_RECORD_BYTES_MAX);
        }
    }

    private static List<TlsRecord> recordsToClient(Passage passage) {
        return TlsRecords.parse(passage.bytes(Direction.TO_CLIENT));
    }

    private static void upload(ProbeClient client, String command, byte[] content, Ending ending)
            throws IOException {
        try (ProbeData data = client.openData()) {
            client.send(command).expect(150);
            data.write(content).finish(ending);
        }
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
