package io.sealane.core.session;

import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.PlainTransport;
import io.sealane.core.tls.TlsTransport;
import io.sealane.core.tls.Transport;
import io.sealane.core.wire.LineDecoder;
import io.sealane.core.wire.OctetLine;
import io.sealane.core.wire.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Lines in, replies out, over whatever transport the control connection has at the moment. Reading
/// belongs to the session's own thread, the rest to whoever has its turn; they never overlap around
/// [#switchTo].
final class ControlChannel {
    /// Octets read at once. Commands are short, and this is all that an idle session holds.
    private static final int READ_OCTETS = 512;

    /// unexpected_message, fatal, in a record of its own (RFC 8446 section 6).
    private static final byte[] TLS_ALERT = {0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x0A};

    private final Watchdog watchdog;
    private final Duration writeLimit;
    private final ByteBuffer input = ByteBuffer.allocate(READ_OCTETS).limit(0);
    private LineDecoder decoder = new LineDecoder();
    private Charset charset = StandardCharsets.UTF_8;
    private Transport transport;

    ControlChannel(Transport transport, Watchdog watchdog, Duration writeLimit) {
        this.transport = transport;
        this.watchdog = watchdog;
        this.writeLimit = writeLimit;
    }

    Transport transport() {
        return transport;
    }

    /// Waits for the next line.
    ///
    /// @return empty when the client ended the connection
    Optional<OctetLine> readLine() throws IOException {
        while (true) {
            while (input.hasRemaining()) {
                Optional<OctetLine> line = decoder.accept(input.get());
                if (line.isPresent()) {
                    return line;
                }
            }
            input.clear();
            int read = transport.read(input); // blocks
            input.flip();
            if (read < 0) {
                return Optional.empty();
            }
        }
    }

    /// Whether octets have come behind the last line that was read.
    boolean hasMore() {
        return input.hasRemaining()
                || decoder.isInsideLine()
                || switch (transport) {
                    case TlsTransport tls -> tls.hasUnread();
                    case PlainTransport plain -> plain.hasUnread();
                };
    }

    /// Goes on over another transport; nothing said on the old one is left.
    void switchTo(Transport next) {
        transport = next;
        decoder = new LineDecoder();
        input.clear().limit(0);
    }

    /// Writes names in this character set from the next reply on.
    void use(Charset names) {
        charset = names;
    }

    /// Writes a reply in one piece. A client that takes nothing for too long loses the connection.
    void write(Reply reply) throws IOException {
        writeOctets(reply.encode(charset));
    }

    /// Has a session ticket for one more data connection leave with the next reply, where the
    /// connection is protected.
    void offerTicket() throws IOException {
        switch (transport) {
            case TlsTransport tls -> tls.offerTicket();
            case PlainTransport plain -> {}
        }
    }

    /// Goes on in the clear: nothing leaves under TLS any more. Blocks.
    void leaveTls() throws IOException {
        if (!(transport instanceof TlsTransport tls)) {
            throw new IllegalStateException("no TLS to leave");
        }
        try (Watchdog.Watch _ = watchdog.watch(writeLimit, transport::close)) {
            switchTo(tls.leave()); // blocks
        }
    }

    /// Says what a client that speaks TLS too early understands.
    void writeTlsAlert() throws IOException {
        writeOctets(TLS_ALERT);
    }

    private void writeOctets(byte[] octets) throws IOException {
        try (Watchdog.Watch _ = watchdog.watch(writeLimit, transport::close)) {
            transport.write(ByteBuffer.wrap(octets)); // blocks
        }
    }

    /// Says close_notify and FIN.
    void closeOutput() throws IOException {
        try (Watchdog.Watch _ = watchdog.watch(writeLimit, transport::close)) {
            transport.closeOutput(); // blocks
        }
    }
}
