package io.sealane.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ProbeClientTest {
    private static ServerTls serverTls;

    private TinyFtpServer files;
    private OneShotServer server;

    @BeforeAll
    static void makeCertificate() throws Exception {
        serverTls = ServerTls.create();
    }

    @BeforeEach
    void startServer() throws IOException {
        files = new TinyFtpServer(serverTls);
        server = OneShotServer.start(files);
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_file_goes_up_and_comes_down_in_every_data_mode(DataMode mode) throws Exception {
        try (ProbeClient client = ProbeClient.connect(server.address())) {
            client.expect(220).login("demo", "x").data(DataPlan.DEFAULTS.mode(mode));

            client.upload("STOR a", "hello\r\n".getBytes(UTF_8)).expect(150, 226);
            Download download = client.download("RETR a").expect(150, 226);

            assertThat(download.lines()).containsExactly("hello");
            download.transfer().expectEnd(PeerEnd.FIN);
            assertThat(client.download("RETR b").expect(550).transfer().bytes()).isZero();
            client.send("QUIT").expect(221, "B...").expectEnd(PeerEnd.FIN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, EPSV, WITH_COMMAND",
        "TLSv1.3, EPSV, WITH_COMMAND",
        "TLSv1.3, PASV, AFTER_PRELIMINARY_REPLY",
        "TLSv1.3, PORT, WITH_COMMAND",
        "TLSv1.2, EPRT, AFTER_PRELIMINARY_REPLY",
    })
    void private_data_resumes_the_control_session(
            String version, DataMode mode, HandshakeTime handshakeTime) throws Exception {
        ProbeClient.Settings settings =
                ProbeClient.Settings.DEFAULTS.tls(TlsChoice.DEFAULTS.versions(version));
        try (ProbeClient client = ProbeClient.connect(server.address(), settings)) {
            client.expect(220).startTls().login("demo", "x").protect();
            client.data(client.plan().mode(mode).handshakeTime(handshakeTime));

            client.upload("STOR a", new byte[100_000])
                    .expect(150, 226)
                    .expectTls(Resumption.RESUMED)
                    .expectEnd(PeerEnd.CLOSE_NOTIFY);
            client.download("RETR a")
                    .expect(150, 226)
                    .transfer()
                    .expectTls(Resumption.RESUMED)
                    .expectEnd(PeerEnd.CLOSE_NOTIFY);
            assertThat(files.files().get("a")).hasSize(100_000);
        }
    }

    @Test
    void a_fresh_session_and_a_foreign_one_are_what_they_say() throws Exception {
        try (ProbeClient client = ProbeClient.connect(server.address());
                ProbeClient other = ProbeClient.connect(server.address())) {
            client.expect(220).startTls().login("demo", "x").protect();
            other.expect(220).startTls().login("demo", "x");
            files.files().put("a", new byte[10]);

            client.data(
                    client.plan().protection(new DataProtection.FreshSession(TlsChoice.TLS_1_2)));
            Transfer fresh = client.download("RETR a").transfer();
            client.data(client.plan().protection(new DataProtection.SessionOf(other)));
            Transfer foreign = client.download("RETR a").transfer();

            fresh.expectTls(Resumption.FULL_HANDSHAKE);
            assertThat(fresh.tls().orElseThrow().version()).isEqualTo("TLSv1.2");
            // The tiny server has one context for all, which is what a real one must not have.
            foreign.expectTls(Resumption.RESUMED);
        }
    }

    @Test
    void an_upload_can_be_reset() throws Exception {
        try (ProbeClient client = ProbeClient.connect(server.address())) {
            client.expect(220).login("demo", "x");
            InputStream content = new ByteArrayInputStream(new byte[1000]);

            client.upload("STOR a", content, Ending.RESET).expect(150, 426);
        }
    }

    @Test
    void a_data_connection_can_be_driven_by_hand() throws Exception {
        try (ProbeClient client = ProbeClient.connect(server.address())) {
            client.expect(220);
            try (ProbeData data = client.openData()) {
                client.send("STOR a").expect(150).expectSilence(Duration.ofMillis(50));
                data.write("x".getBytes(UTF_8)).finish(Ending.FIN);
                client.expect(226);
                assertThat(data.awaitEnd()).isEqualTo(PeerEnd.FIN);
            }
        }
    }

    @Test
    void ipv6_works_like_ipv4() throws Exception {
        InetAddress loopback = InetAddress.ofLiteral("::1");
        try (OneShotServer six = OneShotServer.start(loopback, files);
                ProbeClient client = ProbeClient.connect(six.address())) {
            client.expect(220).upload("STOR a", new byte[10]).expect(150, 226);
            client.data(client.plan().mode(DataMode.EPRT));
            assertThat(client.download("RETR a").content()).hasSize(10);
            assertThat(client.conversation()).contains("C: EPRT |2|0:0:0:0:0:0:0:1|");
        }
    }

    @Test
    void features_are_listed() throws Exception {
        try (ProbeClient client = ProbeClient.connect(server.address())) {
            assertThat(client.expect(220).features()).containsExactly("EPSV", "UTF8");
        }
    }

    @Test
    void an_unexpected_reply_shows_the_conversation() throws Exception {
        try (ProbeClient client = ProbeClient.connect(server.address())) {
            client.expect(220).send("USER demo");

            assertThatThrownBy(() -> client.expect(230))
                    .isInstanceOf(UnexpectedReply.class)
                    .hasMessageContainingAll("expected 230", "  S: 220 ready\n  C: USER demo");
        }
    }

    @Test
    void clear_text_behind_234_is_a_violation() throws Exception {
        try (OneShotServer rude = OneShotServer.start(ProbeClientTest::sayTooMuch);
                ProbeClient client = ProbeClient.connect(rude.address())) {
            assertThatThrownBy(client::startTls)
                    .isInstanceOf(ProtocolViolation.class)
                    .hasMessageContaining("200 injected");
        }
    }

    @Test
    void tls_can_be_cleared_from_the_control_connection() throws Exception {
        try (OneShotServer clearing = OneShotServer.start(ProbeClientTest::clear);
                ProbeClient client = ProbeClient.implicit(clearing.address())) {
            client.send("CCC").expect(200).clear().send("NOOP").expect(200, "In the clear.");
            assertThat(client.tls()).isEmpty();
        }
    }

    @Test
    void a_connection_that_ends_instead_of_a_reply_is_a_violation() throws Exception {
        try (OneShotServer mute = OneShotServer.start(Socket::close);
                ProbeClient client = ProbeClient.connect(mute.address())) {
            assertThatThrownBy(client::read)
                    .isInstanceOf(ProtocolViolation.class)
                    .hasMessageContaining("ended by FIN");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "227 Passive (127,0,0,256,4,5)",
                "227 Passive (127,0,0,1,4)",
                "227 Passive 127,0,0,1,4,5",
                "227 Passive (127,0,0,1,0,0)",
                "227 Passive (127,0,0,01,4,5)",
                "229 Extended (||127.0.0.1|2121|)",
                "229 Extended (|||65536|)",
                "229 Extended (|||0|)",
                "200 (|||2121|)",
            })
    void an_address_that_is_not_one_is_a_violation(String line) {
        Reply reply = ReplyParser.parse((line + "\r\n").getBytes(UTF_8)).getFirst();

        assertThatThrownBy(() -> DataAddress.parse(reply, InetAddress.getLoopbackAddress()))
                .isInstanceOf(ProtocolViolation.class);
    }

    private static void sayTooMuch(Socket socket) throws IOException {
        socket.getOutputStream().write("234 Go on.\r\n200 injected\r\n".getBytes(UTF_8));
        socket.getInputStream().readAllBytes();
    }

    private static void clear(Socket socket) throws IOException {
        ProbeTls tls = serverTls.acceptObserved(socket);
        tls.read(new byte[5], Duration.ofSeconds(10));
        tls.write("200 Clearing.\r\n".getBytes(UTF_8));
        tls.readToEnd(Duration.ofSeconds(10));
        tls.finish(Ending.CLOSE_NOTIFY_ONLY);
        socket.getInputStream().readNBytes(6);
        socket.getOutputStream().write("200 In the clear.\r\n".getBytes(UTF_8));
    }
}
