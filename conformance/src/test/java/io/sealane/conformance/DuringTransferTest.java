package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.event.Event;
import io.sealane.testkit.Ending;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the control connection hears and says while a transfer runs.
final class DuringTransferTest {
    private static final byte[] LARGE = new byte[16 << 20];
    private static final Duration QUIET = Duration.ofMillis(50);

    @ParameterizedTest
    @EnumSource
    void noop_stat_and_pwd_are_answered_at_once_and_once(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options())) {
            server.files().put("/large", LARGE);
            try (ProbeClient client = security.member(server);
                    ProbeData data = client.openData()) {
                client.send("RETR large").expect(150);
                data.establish().read(new byte[1], Duration.ofSeconds(5));
                client.send("NOOP").expect(200).expectSilence(QUIET);
                client.send("PWD").expect(257).expectSilence(QUIET);
                assertThat(client.ask("STAT").body())
                        .anyMatch(line -> line.startsWith(" RETR /large: "));
                client.expectSilence(QUIET);
                client.sendRaw(TestFiles.text("NOOP\r\nPWD\r\nSTAT\r\nXYZZY\r\n"));
                client.expect(200).expect(257).expect(211).expect(500).expectSilence(QUIET);
                assertThat(data.readToEnd()).hasSize(LARGE.length - 1);
                data.finish(Ending.ORDERLY);
                client.expect(226).send("NOOP").expect(200).expectSilence(QUIET);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void other_commands_wait_for_the_end_and_come_in_their_order(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server);
                ProbeData data = client.openData()) {
            client.send("STOR a").expect(150);
            data.establish();
            client.sendRaw(TestFiles.text("SIZE a\r\nTYPE A\r\nSYST\r\n"));
            client.expectSilence(QUIET);
            data.write(TestFiles.text("abc")).finish(Ending.ORDERLY);
            client.expect(226).expect(213, "3").expect(200).expect(215).expectSilence(QUIET);
        }
    }

    /// What comes behind it is read in the clear by then.
    @Test
    void auth_that_had_to_wait_is_to_be_sent_again() throws IOException {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS);
                ProbeClient client = server.plainMember(Door.OPTIONAL_LOOSE);
                ProbeData data = client.openData()) {
            client.send("STOR a").expect(150);
            data.establish();
            client.send("AUTH TLS").expectSilence(QUIET);
            data.finish(Ending.ORDERLY);
            client.expect(226).expect(503, "AUTH came while something ran...");
            client.send("NOOP").expect(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void abor_is_heard_behind_commands_that_wait(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server);
                ProbeData data = client.openData()) {
            client.send("STOR a").expect(150);
            data.establish();
            client.sendRaw(TestFiles.text("SIZE hello.txt\r\nPWD\r\nABOR\r\nNOOP\r\n"));
            client.expect(426).expect(213).expect(257).expect(226).expect(200);
            client.expectSilence(QUIET);
            assertThat(server.files().exists("/a")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void abor_is_heard_behind_what_changes_how_lines_are_read(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server);
                ProbeData data = client.openData()) {
            client.send("STOR a").expect(150);
            data.establish();
            client.sendRaw(TestFiles.text("OPTS UTF8 ON\r\nABOR\r\n"));
            client.expect(426).expect(200).expect(226).expectSilence(QUIET);
        }
    }

    /// Its kernel ends both connections, control first, and the other's end proves nothing then.
    @Test
    void whoever_sent_ahead_and_is_gone_has_uploaded_nothing() throws IOException {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS)) {
            try (ProbeClient client = server.plainMember(Door.PLAIN);
                    ProbeData data = client.openData()) {
                client.send("STOR a").expect(150);
                data.establish().write(TestFiles.text("half"));
                client.send("OPTS UTF8 ON").expectSilence(QUIET);
                client.finish(Ending.ORDERLY).expectSilence(QUIET);
                data.finish(Ending.ORDERLY);
                server.awaitNoSessions();
            }
            assertThat(server.files().exists("/a")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void lines_sent_ahead_are_answered_in_order_however_many(Security security) throws IOException {
        int lines = 100;
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server);
                ProbeData data = client.openData()) {
            client.send("STOR a").expect(150);
            data.establish();
            client.sendRaw(TestFiles.text("SIZE hello.txt\r\nXYZZY\r\n".repeat(lines / 2)));
            client.expectSilence(QUIET);
            data.finish(Ending.ORDERLY);
            client.expect(226);
            for (int line = 0; line < lines / 2; line++) {
                client.expect(213).expect(500);
            }
            client.expectSilence(QUIET);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_said_quit_may_end_its_half_before_the_transfer_is_over(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server);
                ProbeData data = client.openData()) {
            client.send("STOR a").expect(150);
            data.establish();
            client.send("QUIT").finish(Ending.ORDERLY).expectSilence(QUIET);
            data.write(TestFiles.text("abc")).finish(Ending.ORDERLY);
            if (!security.tls()) { // TLS 1.2 ends both halves at once.
                client.expect(226).expect(221);
            }
            server.awaitNoSessions();
            assertThat(server.files().content("/a")).contains(TestFiles.text("abc"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void quit_lets_the_transfer_end_first(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server);
                ProbeData data = client.openData()) {
            client.send("STOR a").expect(150);
            data.establish();
            client.send("QUIT").expectSilence(QUIET);
            data.write(TestFiles.text("abc")).finish(Ending.ORDERLY);
            client.expect(226)
                    .expect(221)
                    .expectEnd(security.tls() ? PeerEnd.CLOSE_NOTIFY : PeerEnd.FIN);
            assertThat(server.files().content("/a")).contains(TestFiles.text("abc"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_download_without_a_control_connection_is_aborted(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options())) {
            server.files().put("/large", LARGE);
            try (ProbeClient client = security.member(server);
                    ProbeData data = client.openData()) {
                client.send("RETR large").expect(150);
                data.establish().read(new byte[1], Duration.ofSeconds(5));
                client.finish(Ending.RESET);
                assertThat(data.awaitEnd()).isEqualTo(PeerEnd.RESET);
            }
            assertThat(server.events().await(Event.Transfer.class).result())
                    .isEqualTo("control-gone");
            server.awaitNoSessions();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_protected_upload_without_a_control_connection_counts_if_it_ends_in_order(
            Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options())) {
            try (ProbeClient client = security.member(server);
                    ProbeData data = client.openData()) {
                client.send("STOR a").expect(150);
                data.write(TestFiles.text("ab"));
                client.finish(Ending.FIN);
                data.write(TestFiles.text("c")).finish(Ending.ORDERLY);
                assertThat(server.events().await(Event.Transfer.class).result())
                        .isEqualTo("complete");
            }
            server.awaitNoSessions();
            assertThat(server.files().content("/a")).contains(TestFiles.text("abc"));
        }
    }

    /// What cut the control connection may have cut the upload as well.
    @Test
    void a_clear_upload_without_a_control_connection_does_not_count() throws IOException {
        try (TestServer server = TestServer.start()) {
            try (ProbeClient client = server.plainMember(Door.PLAIN);
                    ProbeData data = client.openData()) {
                client.send("STOR hello.txt").expect(150);
                data.write(TestFiles.text("ab"));
                client.finish(Ending.RESET);
                assertThat(data.awaitEnd(QUIET.multipliedBy(4))).isEqualTo(PeerEnd.STILL_OPEN);
                data.finish(Ending.FIN);
                assertThat(server.events().await(Event.Transfer.class).result())
                        .isEqualTo("control-gone");
            }
            server.awaitNoSessions();
            assertThat(server.files().content("/hello.txt"))
                    .contains(TestFiles.text("hello\nworld\n"));
        }
    }

    @Test
    void abor_does_not_keep_a_server_from_stopping() throws Exception {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.plainMember(Door.PLAIN);
                ProbeData data = client.openData()) {
            client.send("STOR new").expect(150);
            data.establish();
            Thread stopping =
                    Thread.ofVirtual().start(() -> server.server().stop(Duration.ofSeconds(20)));
            while (isListening(server)) {
                LockSupport.parkNanos(QUIET.toNanos());
            }
            client.send("NOOP").expect(200).expectSilence(QUIET);
            client.send("ABOR").expect(426).expect(226);
            client.expect(421, "The server is stopping...").expectEnd(PeerEnd.FIN);
            client.finish(Ending.FIN);
            assertThat(stopping.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    private static boolean isListening(TestServer server) {
        try (SocketChannel channel = SocketChannel.open(server.address(Door.PLAIN))) {
            return channel.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_transfer_that_stands_still_ends_by_itself(Security security) throws IOException {
        TestServer.Options options =
                security.options()
                        .with(TestServer.stall(TestServer.LIMITS, Duration.ofMillis(300)));
        try (TestServer server = TestServer.start(options)) {
            server.files().put("/large", LARGE);
            try (ProbeClient client = security.member(server)) {
                try (ProbeData data = client.openData()) {
                    client.send("RETR large").expect(150);
                    data.establish();
                    client.expect(426, "...nothing moved for too long...");
                }
                try (ProbeData data = client.openData()) {
                    client.send("STOR a").expect(150);
                    data.write(TestFiles.text("half"));
                    client.expect(426, "...nothing moved for too long...");
                }
                assertThat(server.files().exists("/a")).isFalse();
                client.download("RETR hello.txt").expect(150, 226);
            }
        }
    }
}
