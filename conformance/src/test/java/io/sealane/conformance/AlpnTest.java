package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.core.event.Event;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeTls;
import io.sealane.testkit.TlsChoice;
import io.sealane.testkit.TlsSessions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Application protocols are strict: a browser that somebody steered here gets no session (ALPACA).
final class AlpnTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final TlsChoice FOREIGN =
            TlsChoice.DEFAULTS.applicationProtocols("h2", "http/1.1");

    /// FileZilla offers both.
    private static final TlsChoice FTP =
            TlsChoice.DEFAULTS.applicationProtocols("x-filezilla-ftp", "ftp");

    @ParameterizedTest
    @EnumSource
    void a_client_of_another_protocol_is_refused_by_the_alert_for_it(Library library)
            throws IOException {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS.with(library))) {
            List<String> listeners = new ArrayList<>();
            for (Door door : List.of(Door.EXPLICIT, Door.AUTO)) {
                listeners.add(door.name());
                try (ProbeClient client =
                        ProbeClient.connect(
                                server.address(door), ProbeClient.Settings.DEFAULTS.tls(FOREIGN))) {
                    client.expect(220);
                    assertThatThrownBy(client::startTls)
                            .isInstanceOf(SSLException.class)
                            .hasMessageContaining("no_application_protocol");
                }
            }
            for (Door door : List.of(Door.IMPLICIT, Door.AUTO)) {
                listeners.add(door.name());
                ProbeClient.Settings foreign = ProbeClient.Settings.DEFAULTS.tls(FOREIGN);
                assertThatThrownBy(() -> ProbeClient.implicit(server.address(door), foreign))
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining("no_application_protocol");
            }
            server.awaitNoSessions();
            List<Event.HandshakeFailed> failures = server.events().all(Event.HandshakeFailed.class);
            assertThat(failures)
                    .extracting(Event.HandshakeFailed::listener)
                    .as("each session tells its own, at its own pace")
                    .containsExactlyInAnyOrderElementsOf(listeners);
            assertThat(failures)
                    .allSatisfy(failure -> {
                        assertThat(failure.reason()).isEqualTo("alpn-mismatch");
                        assertThat(failure.connection()).isEqualTo("control");
                        assertThat(failure.client()).isEqualTo("127.0.0.1");
                        assertThat(failure.offer())
                                .startsWith("client offered TLS1.3,TLS1.2; ciphers=")
                                .contains("; alpn=h2,http/1.1; sni=-");
                    });
            assertThat(server.events().all(Event.SessionClosed.class))
                    .extracting(Event.SessionClosed::reason)
                    .containsOnly("alpn-mismatch");
        }
    }

    /// A reset would take the alert away from whoever has not read it yet.
    @ParameterizedTest
    @EnumSource(names = "BORINGSSL")
    void behind_the_alert_comes_a_fin(Library library) throws IOException {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS.with(library));
                ProbeClient client = ProbeClient.connect(server.address(Door.IMPLICIT))) {
            client.sendRaw(helloOfHttp());
            client.sendRaw(new byte[20_000]); // What nobody will read as TLS.
            assertThat(client.stream().readToEnd(PATIENCE))
                    .isEqualTo(new byte[] {0x15, 0x03, 0x01, 0, 2, 2, 120});
            assertThat(client.stream().peerEnd()).contains(PeerEnd.FIN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ftp_is_chosen_among_others_and_none_is_taken(Library library) throws IOException {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS.with(library))) {
            for (TlsChoice choice :
                    List.of(FTP.serverName("ftp.example.com"), TlsChoice.DEFAULTS)) {
                try (ProbeClient client =
                        server.securedMember(
                                Door.EXPLICIT,
                                Family.IPV4,
                                ProbeClient.Settings.DEFAULTS.tls(choice))) {
                    assertThat(client.stream().tls().orElseThrow().applicationProtocol())
                            .isEqualTo(choice.applicationProtocols().isEmpty() ? "" : "ftp");
                    client.download("NLST docs").expect(150, 226);
                }
            }
            List<Event.ControlSecured> secured = server.events().all(Event.ControlSecured.class);
            assertThat(secured).extracting(Event.ControlSecured::alpn).containsExactly("ftp", "-");
            assertThat(secured)
                    .extracting(Event.ControlSecured::sni)
                    .containsExactly("ftp.example.com", "-");
            Event.ControlSecured first = secured.getFirst();
            assertThat(first.listener()).isEqualTo("EXPLICIT");
            assertThat(first.client()).isEqualTo("127.0.0.1");
            assertThat(first.version()).isEqualTo("TLSv1.3");
            assertThat(first.cipher()).startsWith("TLS_AES_");
            assertThat(first.group()).isEqualTo("x25519");
            assertThat(first.resumed()).isEqualTo(Event.Resumption.FALSE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void on_a_data_connection_it_costs_the_transfer(Library library) throws IOException {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS.with(library));
                ProbeClient client = server.securedMember(Door.EXPLICIT)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            try (Socket socket = new Socket(port.getAddress(), port.getPort())) {
                TlsSessions sessions = TlsSessions.fresh(FOREIGN);
                assertThatThrownBy(() -> ProbeTls.over(socket, sessions, "localhost", 1, PATIENCE))
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining("no_application_protocol");
            }
            client.send("STOR new")
                    .expect(522, "No data connection: the TLS handshake failed (alpn-mismatch).");
            assertThat(server.events().await(Event.Transfer.class).result())
                    .isEqualTo("handshake-failed/alpn-mismatch");
            assertThat(server.events().await(Event.HandshakeFailed.class).connection())
                    .isEqualTo("data");
            client.send("SIZE new").expect(550);
            client.download("NLST docs").expect(150, 226);
        }
    }

    /// The other half of the defence: what gets in behind the handshake is no HTTP.
    @ParameterizedTest
    @EnumSource(names = {"EXPLICIT", "IMPLICIT", "AUTO"})
    void an_http_request_inside_tls_ends_the_session(Door door) throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(door)) {
            switch (door.mode()) {
                case EXPLICIT, AUTO -> client.startTls();
                case IMPLICIT, PLAIN -> {}
            }
            client.sendRaw(
                    "POST / HTTP/1.1\r\nHost: x\r\n\r\nUSER demo\r\nPASS secret\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            client.expect(421, "This is no web server, closing.");
            client.expectEnd(PeerEnd.CLOSE_NOTIFY);
            assertThat(server.events().await(Event.WrongMode.class).reason())
                    .isEqualTo("http-on-ftp-port");
        }
    }

    /// TLS 1.0, three suites, ALPN `h2`.
    private static byte[] helloOfHttp() {
        return HexFormat.of()
                .parseHex(
                        "160301003c010000380301"
                                + "00".repeat(32)
                                + "0000060005000a002f0100"
                                + "0009001000050003026832");
    }
}
