package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.DataMode;
import io.sealane.testkit.Ending;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// ABOR in every state of a transfer: 426 for the transfer, then 226 for the command, at once, and
/// the next transfer works (RFC 959 section 4.1.3).
final class AbortTest {
    private static final byte[] LARGE = new byte[16 << 20];
    private static final Duration AT_ONCE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// A busy machine may be late now and then; one round of so many must be in time.
    private static final int ROUNDS = 3;

    @ParameterizedTest
    @EnumSource
    void before_the_client_has_connected(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            Duration quickest = PATIENCE;
            for (int round = 0; round < ROUNDS; round++) {
                InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
                client.send("STOR a").expect(150);
                quickest = shorter(quickest, abort(client, "ABOR\r\n"));
                assertThat(Ports.isFree(port)).isTrue();
            }
            assertInTimeAndServing(quickest, server, client);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void before_the_client_has_begun_its_handshake(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            Duration quickest = PATIENCE;
            for (int round = 0; round < ROUNDS; round++) {
                try (ProbeData data = client.openData()) {
                    client.send("STOR a").expect(150);
                    quickest = shorter(quickest, abort(client, "ABOR\r\n"));
                    assertThat(data.remoteAddress()).isPresent();
                }
            }
            assertInTimeAndServing(quickest, server, client);
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_the_client_does_not_read_its_download(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options())) {
            server.files().put("/large", LARGE);
            try (ProbeClient client = security.member(server)) {
                Duration quickest = PATIENCE;
                for (int round = 0; round < ROUNDS; round++) {
                    try (ProbeData data = client.openData()) {
                        client.send("RETR large").expect(150);
                        data.establish().read(new byte[1], PATIENCE);
                        client.expectSilence(Duration.ofMillis(50));
                        quickest = shorter(quickest, abort(client, "ABOR\r\n"));
                    }
                }
                assertInTimeAndServing(quickest, server, client);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_the_client_does_not_send_its_upload(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            Duration quickest = PATIENCE;
            for (int round = 0; round < ROUNDS; round++) {
                try (ProbeData data = client.openData()) {
                    client.send("STOR a").expect(150);
                    data.establish();
                    quickest = shorter(quickest, abort(client, "ABOR\r\n"));
                }
            }
            assertInTimeAndServing(quickest, server, client);
        }
    }

    @ParameterizedTest
    @EnumSource
    void in_the_middle_of_an_upload_in_active_mode(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            client.data(client.plan().mode(DataMode.PORT));
            Duration quickest = PATIENCE;
            for (int round = 0; round < ROUNDS; round++) {
                try (ProbeData data = client.openData()) {
                    client.send("STOR a");
                    data.write(new byte[10_000]);
                    client.expect(150);
                    quickest = shorter(quickest, abort(client, "ABOR\r\n"));
                }
            }
            assertInTimeAndServing(quickest, server, client);
        }
    }

    /// As RFC 959 wants it sent: Telnet's interrupt and synch in front.
    @ParameterizedTest
    @EnumSource
    void with_telnet_signals_in_front(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            Duration quickest = PATIENCE;
            for (int round = 0; round < ROUNDS; round++) {
                try (ProbeData data = client.openData()) {
                    client.send("STOR a").expect(150);
                    data.write(new byte[10_000]);
                    quickest = shorter(quickest, abort(client, "\u00ff\u00f4\u00ff\u00f2ABOR\r\n"));
                }
            }
            assertInTimeAndServing(quickest, server, client);
        }
    }

    @ParameterizedTest
    @EnumSource
    void when_the_transfer_is_over_already(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            client.download("RETR hello.txt").expect(150, 226);
            client.send("ABOR").expect(226, "No transfer to abort.");
            client.send("EPSV").expect(229).send("ABOR").expect(226);
            assertInTimeAndServing(Duration.ZERO, server, client);
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_an_upload_is_published_it_comes_too_late(Security security) throws IOException {
        TestFiles content = TestFiles.fresh(InstantSource.fixed(TestServer.NOW));
        WatchedStorage files = new WatchedStorage(content.storage());
        try (TestServer server = TestServer.start(security.options(), files);
                ProbeClient client = security.member(server)) {
            try (ProbeData data = client.openData()) {
                client.send("STOR gated").expect(150);
                data.write(TestFiles.text("all of it")).finish(Ending.ORDERLY);
                assertThat(data.awaitEnd()).isNotEqualTo(PeerEnd.RESET);
                files.awaitPublishing();
                client.send("ABOR").expectSilence(AT_ONCE);
                files.openGate();
                client.expect(226).expect(226);
            }
            assertThat(content.content("/gated")).contains(TestFiles.text("all of it"));
        }
    }

    /// As where the beginning of a large file is copied, which may take minutes.
    @ParameterizedTest
    @EnumSource
    void while_an_upload_is_prepared(Security security) throws IOException {
        WatchedStorage files =
                new WatchedStorage(TestFiles.fresh(InstantSource.fixed(TestServer.NOW)).storage());
        try (TestServer server = TestServer.start(security.options(), files);
                ProbeClient client = security.member(server)) {
            try (ProbeData data = client.openData()) {
                client.send("STOR unprepared").expectSilence(AT_ONCE);
                abort(client, "ABOR\r\n");
                assertThat(data.remoteAddress()).isPresent();
            }
            files.awaitNothingOpen();
            try (ProbeData data = client.openData()) {
                client.send("STOR unprepared").expectSilence(AT_ONCE);
                files.openGate();
                client.expect(150);
                data.write(TestFiles.text("all of it")).finish(Ending.ORDERLY);
                client.expect(226);
            }
        }
    }

    private static Duration abort(ProbeClient client, String line) throws IOException {
        long start = System.nanoTime();
        client.sendRaw(line.getBytes(StandardCharsets.ISO_8859_1));
        client.expect(426).expect(226);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static void assertInTimeAndServing(
            Duration quickest, TestServer server, ProbeClient client) throws IOException {
        assertThat(quickest).isLessThan(AT_ONCE);
        assertThat(server.files().exists("/a")).isFalse();
        client.data(client.plan().mode(DataMode.EPSV));
        client.upload("STOR a", TestFiles.text("a")).expect(150, 226);
        assertThat(client.download("RETR a").expect(150, 226).text()).isEqualTo("a");
        client.send("NOOP").expect(200);
    }
}
