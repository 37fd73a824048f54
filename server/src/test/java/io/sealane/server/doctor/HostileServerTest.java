package io.sealane.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a server does, the examination ends in time and says something.
@Timeout(60)
final class HostileServerTest {
    private static final long SEED = 20_261_125;

    private static final int HANDSHAKE_RECORD = 22;

    /// A fatal alert.
    private static final byte[] HANDSHAKE_FAILURE = {21, 3, 3, 0, 2, 2, 40};

    /// Long enough for a busy machine to answer on its own loopback.
    private static final Duration PATIENCE = Duration.ofMillis(700);

    static Stream<Arguments> treatments() {
        return Stream.of(
                Arguments.of(
                        "a line without end",
                        (FakeServer.Treatment) client -> forever(client, "2".repeat(1024))),
                Arguments.of(
                        "a reply without end",
                        (FakeServer.Treatment) client -> forever(client, "220-more\r\n")),
                Arguments.of("silence", (FakeServer.Treatment) HostileServerTest::readAll),
                Arguments.of("an end at once", (FakeServer.Treatment) _ -> {}),
                Arguments.of("garbage", (FakeServer.Treatment) HostileServerTest::garbage),
                Arguments.of("TLS garbage", (FakeServer.Treatment) HostileServerTest::tlsGarbage),
                Arguments.of(
                        "a web server",
                        (FakeServer.Treatment)
                                client -> say(client, "HTTP/1.1 400 Bad Request\r\n\r\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("treatments")
    void is_no_ftp_server(String ignoredName, FakeServer.Treatment treatment) throws Exception {
        Diagnosis diagnosis = examine(treatment);
        assertThat(diagnosis.exitCode()).as(diagnosis.toString()).isEqualTo(4);
    }

    @Test
    void one_that_answers_nothing_any_more_is_given_up() throws Exception {
        AtomicBoolean asleep = new AtomicBoolean();
        Diagnosis diagnosis =
                examine(client -> {
                    say(client, "220 hello\r\n");
                    asleep.compareAndSet(false, readLine(client).startsWith("FEAT"));
                    if (!asleep.get()) {
                        say(client, "234 go on\r\n");
                    }
                    readAll(client);
                });
        assertThat(findings(diagnosis)).contains(Finding.GAVE_UP);
        assertThat(diagnosis.exitCode()).isEqualTo(1);
    }

    @Test
    void one_without_tls_is_serious() throws Exception {
        Diagnosis diagnosis = examine(client -> converse(client, "502 no"));
        assertThat(findings(diagnosis)).contains(Finding.NO_TLS).doesNotContain(Finding.GAVE_UP);
        assertThat(diagnosis.exitCode()).isEqualTo(3);
    }

    @Test
    void one_that_ends_every_handshake_is_serious() throws Exception {
        Diagnosis diagnosis =
                examine(client -> {
                    say(client, "220 hello\r\n");
                    readLine(client);
                    say(client, "234 go on\r\n");
                });
        assertThat(findings(diagnosis)).contains(Finding.NO_USABLE_TLS);
        assertThat(diagnosis.exitCode()).isEqualTo(3);
    }

    @Test
    void one_that_has_something_else_behind_auth_is_serious() throws Exception {
        Diagnosis diagnosis = examine(client -> converse(client, "234 go on"));
        assertThat(findings(diagnosis))
                .contains(Finding.NO_USABLE_TLS)
                .doesNotContain(Finding.GAVE_UP);
        assertThat(diagnosis.exitCode()).isEqualTo(3);
    }

    /// As behind a firewall that drops hellos of versions that nobody should speak any more.
    @Test
    void one_that_is_silent_at_old_hellos_is_examined_for_new_ones() throws Exception {
        Diagnosis diagnosis =
                examine(client -> {
                    say(client, "220 hello\r\n");
                    while (!readLine(client).startsWith("AUTH")) {
                        say(client, "530 no\r\n");
                    }
                    say(client, "234 go on\r\n");
                    InputStream input = client.getInputStream();
                    if (input.read() != HANDSHAKE_RECORD) {
                        return;
                    }
                    byte[] hello = input.readNBytes(10);
                    if (hello.length == 10 && hello[9] == 3) {
                        client.getOutputStream().write(HANDSHAKE_FAILURE);
                    }
                    readAll(client);
                });
        assertThat(findings(diagnosis))
                .contains(Finding.NO_USABLE_TLS, Finding.OLD_HELLO_UNANSWERED)
                .doesNotContain(Finding.GAVE_UP, Finding.PROBE_FAILED);
    }

    @Test
    void a_name_that_does_not_exist_answers_nothing() throws Exception {
        Diagnosis diagnosis =
                Doctor.examine(request("nowhere.invalid", 21), InstantSource.system());
        assertThat(findings(diagnosis)).containsExactly(Finding.NOTHING_ANSWERS);
    }

    /// Answers every line alike.
    private static void converse(Socket client, String answer) throws IOException {
        say(client, "220 hello\r\n");
        InputStream input = client.getInputStream();
        int octet;
        while ((octet = input.read()) >= 0) {
            if (octet == '\n') {
                say(client, answer + "\r\n");
            }
        }
    }

    private static void forever(Socket client, String text) throws IOException {
        while (true) {
            say(client, text);
        }
    }

    private static void garbage(Socket client) throws IOException {
        byte[] octets = new byte[100_000];
        new Random(SEED).nextBytes(octets);
        client.getOutputStream().write(octets);
        readAll(client);
    }

    /// A handshake record whose messages make no sense.
    private static void tlsGarbage(Socket client) throws IOException {
        byte[] octets = new byte[5 + 1000];
        new Random(SEED).nextBytes(octets);
        byte[] header = {22, 3, 3, 1000 >> 8, (byte) 1000, 2, 0, 0, 40};
        System.arraycopy(header, 0, octets, 0, header.length);
        client.getOutputStream().write(octets);
        readAll(client);
    }

    /// @throws EOFException if the client has gone
    private static String readLine(Socket client) throws IOException {
        StringBuilder line = new StringBuilder();
        int octet = client.getInputStream().read();
        while (octet >= 0 && octet != '\n') {
            line.append((char) octet);
            octet = client.getInputStream().read();
        }
        if (octet < 0) {
            throw new EOFException();
        }
        return line.toString();
    }

    private static void readAll(Socket client) throws IOException {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    static List<Finding> findings(Diagnosis diagnosis) {
        return diagnosis.observations().stream().map(Observation::finding).toList();
    }

    private static Diagnosis examine(FakeServer.Treatment treatment) throws Exception {
        try (FakeServer server = FakeServer.start(treatment)) {
            return Doctor.examine(request("127.0.0.1", server.port()), InstantSource.system());
        }
    }

    static Request request(String host, int port) {
        return new Request(
                Target.parse(host).orElseThrow(),
                List.of(port),
                Mode.AUTO,
                PATIENCE,
                List.of(),
                Optional.empty());
    }
}
