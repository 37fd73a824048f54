package io.sealane.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TranscriptTest {
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

    static Stream<Pacing> pacings() {
        return Stream.of(Pacing.whole(), Pacing.byteByByte(), Pacing.randomChunks(42));
    }

    @ParameterizedTest
    @MethodSource("pacings")
    void a_session_is_held_in_every_pacing(Pacing pacing) throws Exception {
        run(
                """
                # Everything the language has.
                S: 220
                C: USER ${user}
                S: 331 Pass...
                C: PASS x
                S: 230 ...
                C: FEAT
                S: 211-Features:
                S:  EPSV
                S: ...
                S: 211 End
                C: AUTH TLS
                S: 234 ...
                T: handshake
                C: PBSZ 0
                S: 200 PBSZ=0
                C: PROT P
                S: 200 ...
                C: EPSV
                S: 229 ...(|||...|)
                C: STOR notes.txt
                S: 150 ...
                D< first
                D< second
                S: 226 ...
                C: PROT C
                S: 200 ...
                C: PORT ${port}
                S: 200 Noted.
                C: RETR notes.txt
                D> fi...t
                D> second
                S: 150 ...
                S: 226 ...
                C! nöo\\r\\n
                S: 502 ...
                C: QUIT
                S: 221 Bye.
                E: close_notify
                """,
                pacing);
        assertThat(files.files().get("notes.txt")).isEqualTo("first\r\nsecond\r\n".getBytes(UTF_8));
    }

    @Test
    void a_lone_mark_is_a_stream_without_a_byte() throws Exception {
        run(
                """
                S: 220
                C: EPSV
                S: 229
                C: STOR empty
                S: 150
                D<
                S: 226
                C: EPRT ${eprt}
                S: 200
                C: RETR empty
                S: 150
                D>
                S: 226
                """,
                Pacing.whole());
    }

    @Test
    void a_difference_shows_line_pacing_seed_and_conversation() {
        assertThatThrownBy(() ->
                        run(
                                """
                                S: 220
                                C: USER demo
                                S: 230 Welcome
                                """,
                                Pacing.randomChunks(4711)))
                .isInstanceOf(TranscriptMismatch.class)
                .hasMessageContainingAll(
                        "line 3", "seed=4711", "  C: USER demo", "230 Welcome", "331 Password");
    }

    @Test
    void a_download_that_differs_shows_both() {
        files.files().put("a", "one\r\nthree".getBytes(UTF_8));

        assertThatThrownBy(() ->
                        run(
                                """
                                S: 220
                                C: EPSV
                                S: 229
                                C: RETR a
                                S: 150
                                D> one
                                D> three
                                """,
                                Pacing.whole()))
                .isInstanceOf(TranscriptMismatch.class)
                .hasMessageContaining("one\\r\\nthree");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: hello", "S: 211-open", "T: dance", "E: gone", "C:hello"})
    void a_line_outside_the_language_is_refused(String text) {
        assertThatThrownBy(() -> Transcript.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 1");
    }

    @Test
    void a_placeholder_without_value_is_an_error_of_the_test() {
        assertThatThrownBy(() -> run("S: 220\nC: USER ${nobody}", Pacing.whole()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("${nobody}");
    }

    private void run(String text, Pacing pacing) throws IOException {
        try (ProbeClient client = ProbeClient.connect(server.address())) {
            Transcript.parse(text).with("user", "demo").run(client, pacing);
        }
    }
}
