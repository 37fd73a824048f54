package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.ControlLine;
import io.sealane.core.wire.LineDecoder;
import io.sealane.core.wire.Verb;
import io.sealane.testkit.Reply;
import io.sealane.testkit.ReplyParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Whole conversations with a server, all commands from greeting to end.
///
/// The client does not wait for replies. It says the same once as a stranger and twice as a user,
/// in one piece and in many.
final class SessionFuzzTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final byte[] NOBODY = {};
    private static final byte[] LOGIN =
            "USER demo\r\nPASS x\r\n".getBytes(StandardCharsets.US_ASCII);

    /// Octets sent at once, one after the other and again from the first: small ones, and one that
    /// does not fit the session's reading.
    private static final int[] PIECES = {1, 2, 7, 1, 64, 3, 700};

    /// unexpected_message, fatal: what a session that hears a ClientHello says last.
    private static final byte[] TLS_ALERT = {0x15, 3, 1, 0, 2, 2, 10};

    private static final int AUTH_GO_AHEAD = 234;

    /// What these answer depends on the time at which the line comes, or on chance.
    private static final Set<Verb> UNLIKE_EACH_TIME =
            EnumSet.of(
                    Verb.AUTH, Verb.ABOR, Verb.STAT, Verb.PASV, Verb.EPSV, Verb.RETR, Verb.STOR,
                    Verb.STOU, Verb.APPE, Verb.LIST, Verb.NLST, Verb.MLSD);

    private static SessionServer server;

    /// What the client heard.
    private record Heard(List<Reply> replies, End end) {}

    private enum End {
        IN_ORDER,
        /// By a TLS handshake that came to nothing.
        HANDSHAKE,
        TLS_ALERT
    }

    @BeforeAll
    static void start() throws IOException {
        server = SessionServer.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @FuzzTest
    @DictionaryFile(resourcePath = "ftp.dict")
    void a_session_answers_in_order_and_ends_with_its_client(byte[] octets)
            throws IOException, InterruptedException {
        List<ControlLine> lines = decode(octets);
        assertAnswered(lines, 1, converse(NOBODY, octets, new int[] {octets.length}));
        Heard whole = converse(LOGIN, octets, new int[] {octets.length});
        assertAnswered(lines, 3, whole);
        Heard pieces = converse(LOGIN, octets, PIECES);
        assertAnswered(lines, 3, pieces);
        if (isAlikeEachTime(lines)) {
            assertThat(pieces.replies).isEqualTo(whole.replies);
        }
    }

    private static Heard converse(byte[] before, byte[] octets, int[] pieces)
            throws IOException, InterruptedException {
        Heard heard;
        try (SocketChannel client = SocketChannel.open(server.address())) {
            client.socket().setTcpNoDelay(true);
            client.socket().setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            send(client, before, new int[] {before.length});
            send(client, octets, pieces);
            client.shutdownOutput();
            heard = hear(client);
        }
        server.awaitEnd();
        return heard;
    }

    private static void send(SocketChannel client, byte[] octets, int[] pieces) throws IOException {
        int piece = 0;
        for (int at = 0; at < octets.length; piece++) {
            int length = Math.min(pieces[piece % pieces.length], octets.length - at);
            client.write(ByteBuffer.wrap(octets, at, length));
            at += length;
        }
    }

    private static Heard hear(SocketChannel client) throws IOException {
        ReplyParser parser = new ReplyParser();
        List<Reply> replies = new ArrayList<>();
        byte[] octets = client.socket().getInputStream().readAllBytes();
        for (int at = 0; at < octets.length; at++) {
            if (parser.isBetweenReplies() && octets[at] == TLS_ALERT[0]) {
                assertThat(Arrays.copyOfRange(octets, at, octets.length)).isEqualTo(TLS_ALERT);
                return new Heard(replies, End.TLS_ALERT);
            }
            parser.accept(octets[at]).ifPresent(replies::add);
            if (parser.isBetweenReplies() && replies.getLast().code() == AUTH_GO_AHEAD) {
                return new Heard(replies, End.HANDSHAKE);
            }
        }
        parser.end();
        return new Heard(replies, End.IN_ORDER);
    }

    private static void assertAnswered(List<ControlLine> lines, int before, Heard heard) {
        assertThat(heard.replies.getFirst().code()).isEqualTo(220);
        long said = lines.stream().filter(line -> !(line instanceof ControlLine.Empty)).count();
        int last = heard.replies.getLast().code();
        boolean left = last == 221 || last == 421 || heard.end != End.IN_ORDER;
        if (isAlikeEachTime(lines) && !left) {
            assertThat(heard.replies).as("one reply to each line").hasSize(before + (int) said);
        } else {
            assertThat(heard.replies.size()).isLessThanOrEqualTo(before + 2 * (int) said);
        }
    }

    private static List<ControlLine> decode(byte[] octets) {
        LineDecoder decoder = new LineDecoder();
        List<ControlLine> lines = new ArrayList<>();
        for (byte octet : octets) {
            decoder.accept(octet)
                    .map(line -> line.read(StandardCharsets.UTF_8))
                    .ifPresent(lines::add);
        }
        return lines;
    }

    private static boolean isAlikeEachTime(List<ControlLine> lines) {
        return lines.stream()
                .noneMatch(line ->
                        line instanceof ControlLine.Command(CommandLine command)
                                && UNLIKE_EACH_TIME.contains(command.verb()));
    }
}
