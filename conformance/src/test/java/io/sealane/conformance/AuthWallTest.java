package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.event.Event;
import io.sealane.testkit.Pacing;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Nothing said in the clear is ever taken for said by TLS (plaintext command injection; RFC 4217
/// section 15.2).
final class AuthWallTest {
    private static final String INJECTED = "CLNT injected";

    static Stream<Pacing> pacings() {
        return Stream.concat(
                Stream.of(Pacing.whole(), Pacing.byteByByte()),
                LongStream.range(0, 20).mapToObj(Pacing::randomChunks));
    }

    @RepeatedTest(20)
    void a_command_in_the_same_segment_as_auth_ends_the_connection() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            client.sendRaw(bytes("AUTH TLS\r\n" + INJECTED + "\r\n"));
            client.expect(421, "Nothing may follow AUTH...").expectEnd(PeerEnd.FIN);
            assertNothingInjected(server);
        }
    }

    @Test
    void half_a_command_behind_auth_ends_the_connection_too() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            client.sendRaw(bytes("AUTH TLS\r\nCLN"));
            client.expect(421).expectEnd(PeerEnd.FIN);
            assertNothingInjected(server);
        }
    }

    @Test
    void a_client_hello_in_the_same_segment_as_auth_ends_the_connection_too() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            client.sendRaw(bytes("AUTH TLS\r\n\u0016\u0003\u0001"));
            client.expect(421).expectEnd(PeerEnd.FIN);
        }
    }

    /// In pieces, the server may have said 234 before the first byte behind the line arrived: then
    /// that byte is no TLS, and the handshake fails.
    @ParameterizedTest
    @MethodSource("pacings")
    void commands_behind_auth_are_never_executed(Pacing pacing) throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            try {
                client.sendRaw(bytes("AUTH TLS\r\n" + INJECTED + "\r\nNOOP\r\n"), pacing);
            } catch (IOException closedMeanwhile) {
                // The server did not wait for the rest.
                assertNothingInjected(server);
            }
            Reply reply = client.read();
            assertThat(reply.code()).isIn(234, 421);
            String behind =
                    new String(
                            client.stream().readToEnd(Duration.ofSeconds(5)),
                            StandardCharsets.ISO_8859_1);
            assertThat(behind).doesNotContain("200 ");
            server.awaitNoSessions();
            assertNothingInjected(server);
        }
    }

    @ParameterizedTest
    @EnumSource
    void auth_split_byte_by_byte_leads_to_tls(Library library) throws IOException {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS.with(library));
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            client.send("AUTH TLS", Pacing.byteByByte()).expect(234).secure();
            client.login(TestServer.USER, TestServer.PASSWORD).protect();
            client.download("LIST").expect(150, 226);
        }
    }

    @Test
    void two_hundred_handshakes_at_once_after_the_234_all_succeed() throws IOException {
        try (TestServer server = TestServer.start()) {
            for (int i = 0; i < 200; i++) {
                try (ProbeClient client = server.greeted(Door.EXPLICIT)) {
                    client.startTls().send("NOOP").expect(200);
                }
            }
        }
    }

    @Test
    void nothing_said_before_auth_is_remembered() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.EXPLICIT_OPTIONAL)) {
            client.send("USER demo").expect(331).startTls();
            client.send("PASS secret").expect(503);
            client.send("PROT P").expect(503);
        }
    }

    private static void assertNothingInjected(TestServer server) {
        assertThat(server.events().all(Event.CommandServed.class))
                .noneMatch(served -> served.command().startsWith("CLNT"))
                .noneMatch(served -> served.command().startsWith("NOOP"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
