package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealane.core.net.Sniffer;
import io.sealane.core.net.Sniffer.FirstOctets;
import io.sealane.core.wire.ClientHello;
import io.sealane.core.wire.ClientHello.Parsed;
import io.sealane.core.wire.LineDecoder;
import io.sealane.core.wire.OctetLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The first octets of a connection: TLS or not, and what a ClientHello asks for.
final class ClientHelloFuzzTest {
    private static final byte TLS_HANDSHAKE = 0x16;
    private static final byte SSL2 = (byte) 0x80;

    /// Never waited for: the client's half is closed before anyone looks.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static ServerSocketChannel listener;

    @BeforeAll
    static void listen() throws IOException {
        listener =
                ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterAll
    static void close() throws IOException {
        listener.close();
    }

    @FuzzTest
    @DictionaryEntries({
        "\\x16\\x03\\x01\\x02",
        "\\x80\\x2e\\x01",
        "GET / HTTP/1.1\\x0d\\x0a",
        "USER"
    })
    void tls_is_told_from_ftp_and_no_octet_is_lost(byte[] octets) throws IOException {
        try (SocketChannel client = SocketChannel.open(listener.getLocalAddress());
                SocketChannel server = listener.accept()) {
            ByteBuffer unsent = ByteBuffer.wrap(octets);
            while (unsent.hasRemaining()) {
                client.write(unsent);
            }
            client.shutdownOutput();
            switch (Sniffer.look(server, PATIENCE)) {
                case FirstOctets.ClientHello(ByteBuffer first) -> {
                    assertThat(octets[0]).isIn(TLS_HANDSHAKE, SSL2);
                    assertThat(allOf(first, server)).isEqualTo(octets);
                }
                case FirstOctets.Other(ByteBuffer first) -> {
                    assertThat(octets[0]).isNotIn(TLS_HANDSHAKE, SSL2);
                    assertThat(allOf(first, server)).isEqualTo(octets);
                }
                case FirstOctets.End() -> assertThat(octets).isEmpty();
                case FirstOctets.Silence() -> throw new AssertionError("nobody was silent");
            }
        }
        isReadOrRefused(octets);
        if (octets.length > 0) {
            Optional<OctetLine> line = new LineDecoder().accept(octets[0]);
            assertThat(line.filter(OctetLine.ClientHello.class::isInstance).isPresent())
                    .as("an explicit port agrees")
                    .isEqualTo(octets[0] == TLS_HANDSHAKE || octets[0] == SSL2);
        }
    }

    /// Whatever it is, it is a message, a beginning or a fault, and more octets make no other
    /// message of it.
    private static void isReadOrRefused(byte[] octets) {
        Parsed all = ClientHello.parse(ByteBuffer.wrap(octets));
        for (int length = 0; length < octets.length; length += 1 + octets.length / 8) {
            switch (ClientHello.parse(ByteBuffer.wrap(octets, 0, length))) {
                case Parsed.Begun(int octetsMore) -> {
                    assertThat(octetsMore).isPositive();
                    if (octetsMore > octets.length - length) {
                        assertThat(all).isNotInstanceOf(Parsed.Whole.class);
                    }
                }
                case Parsed.Whole whole -> assertThat(all).isEqualTo(whole);
                case Parsed.Broken broken -> assertThat(all).isEqualTo(broken);
            }
        }
    }

    private static byte[] allOf(ByteBuffer first, SocketChannel rest) throws IOException {
        byte[] begun = new byte[first.remaining()];
        first.get(begun);
        byte[] more = rest.socket().getInputStream().readAllBytes();
        byte[] all = Arrays.copyOf(begun, begun.length + more.length);
        System.arraycopy(more, 0, all, begun.length, more.length);
        return all;
    }
}
