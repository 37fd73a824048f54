package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.core.event.Event;
import io.sealane.testkit.Pacing;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients that speak the other mode than the port does: both sides would wait for ever, or fill
/// the log with binary.
final class WrongModeTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final byte[] UNEXPECTED_MESSAGE = {0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x0A};

    /// The head of a ClientHello, with a command in it that must never be taken for one.
    private static final String HELLO_WITH_COMMAND =
            "\u0016\u0003\u0001\u0002\u0000\u0001\r\nQUIT\r\nXYZZY\r\n";

    @ParameterizedTest
    @EnumSource(names = {"IMPLICIT", "IMPLICIT_OPTIONAL"})
    void a_plain_client_on_the_implicit_port_is_told_at_once(Door door) throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client =
                        ProbeClient.connect(
                                server.address(door),
                                ProbeClient.Settings.DEFAULTS.timeout(AT_ONCE))) {
            client.send("USER demo").expect(421, "This port speaks TLS from the first byte...");
            client.expectEnd(PeerEnd.FIN);
            assertThat(server.events().await(Event.WrongMode.class).reason())
                    .isEqualTo("plain-on-implicit-port");
        }
    }

    @Test
    void a_silent_client_on_the_implicit_port_is_told_within_the_handshake_limit()
            throws IOException {
        Duration limit = Duration.ofMillis(300);
        TestServer.Options options =
                TestServer.limited(limits -> TestServer.handshake(limits, limit));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = ProbeClient.connect(server.address(Door.IMPLICIT))) {
            client.expectSilence(limit.dividedBy(2));
            client.expect(421).expectEnd(PeerEnd.FIN);
            assertThat(server.events().await(Event.WrongMode.class).reason())
                    .isEqualTo("silent-on-implicit-port");
        }
    }

    @Test
    void a_handshake_that_stops_halfway_on_the_implicit_port_ends_within_its_limit()
            throws IOException {
        TestServer.Options options =
                TestServer.limited(limits -> TestServer.handshake(limits, Duration.ofMillis(300)));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = ProbeClient.connect(server.address(Door.IMPLICIT))) {
            client.sendRaw(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01});
            assertThat(client.awaitEnd()).isIn(PeerEnd.FIN, PeerEnd.RESET);
            assertThat(server.events().await(Event.HandshakeFailed.class).reason())
                    .isEqualTo("handshake-timeout");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPLICIT", "EXPLICIT_OPTIONAL", "PLAIN"})
    void a_client_hello_on_an_explicit_port_gets_a_tls_alert_and_nothing_else(Door door)
            throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(door)) {
            client.sendRaw(HELLO_WITH_COMMAND.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(client.stream().readToEnd(AT_ONCE)).isEqualTo(UNEXPECTED_MESSAGE);
            assertThat(server.events().await(Event.WrongMode.class).reason())
                    .isEqualTo("tls-on-explicit-port");
            assertThat(server.events().all(Event.CommandServed.class)).isEmpty();
            assertThat(server.events().all(Event.CommandRefused.class)).isEmpty();
        }
    }

    @Test
    void the_alert_comes_also_for_a_client_hello_that_arrives_byte_by_byte() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            client.sendRaw(new byte[] {0x16, 0x03, 0x01, 0x02}, Pacing.byteByByte());
            assertThat(client.stream().readToEnd(AT_ONCE)).isEqualTo(UNEXPECTED_MESSAGE);
        }
    }

    @Test
    void a_real_tls_client_on_the_explicit_port_fails_at_once() throws IOException {
        try (TestServer server = TestServer.start()) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> ProbeClient.implicit(server.address(Door.EXPLICIT)))
                    .isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
        }
    }

    @Test
    void a_client_hello_behind_a_command_is_refused_too() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.sendRaw(new byte[] {0x16, 0x03, 0x01});
            assertThat(client.stream().readToEnd(AT_ONCE)).isEqualTo(UNEXPECTED_MESSAGE);
        }
    }

    @Test
    void the_auto_port_serves_both_modes() throws IOException {
        try (TestServer server = TestServer.start()) {
            try (ProbeClient silent = server.securedMember(Door.AUTO)) {
                silent.send("QUIT").expect(221).expectEnd(PeerEnd.CLOSE_NOTIFY);
            }
            try (ProbeClient early = ProbeClient.connect(server.address(Door.AUTO))) {
                early.send("NOOP").expect(220).expect(200);
                early.startTls().login(TestServer.USER, TestServer.PASSWORD);
                early.send("QUIT").expect(221).expectEnd(PeerEnd.CLOSE_NOTIFY);
            }
            try (ProbeClient implicit = ProbeClient.implicit(server.address(Door.AUTO))) {
                implicit.expect(220).send("AUTH TLS").expect(534).send("PROT P").expect(200);
                implicit.login(TestServer.USER, TestServer.PASSWORD).protect();
                implicit.download("LIST").expect(150, 226);
            }
        }
    }

    @Test
    void many_clients_in_the_wrong_mode_leave_nothing_behind() throws IOException {
        byte[] hello = {0x16, 0x03, 0x01};
        try (TestServer server = TestServer.start()) {
            for (int i = 0; i < 300; i++) {
                try (ProbeClient plain = ProbeClient.connect(server.address(Door.IMPLICIT))) {
                    plain.send("USER demo").expect(421);
                }
                try (ProbeClient tls = server.greeted(Door.EXPLICIT)) {
                    tls.sendRaw(hello);
                    assertThat(tls.stream().readToEnd(AT_ONCE)).isEqualTo(UNEXPECTED_MESSAGE);
                }
            }
            server.awaitNoSessions();
        }
    }
}
