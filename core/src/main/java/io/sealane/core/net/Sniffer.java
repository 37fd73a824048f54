package io.sealane.core.net;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;

/// Looks at the first octets a client sends, to tell a ClientHello from anything else.
public final class Sniffer {
    /// What the first octets were.
    public sealed interface FirstOctets {
        /// The beginning of a TLS handshake; the octets are part of it.
        record ClientHello(ByteBuffer octets) implements FirstOctets {}

        /// Something that is not TLS.
        record Other(ByteBuffer octets) implements FirstOctets {}

        /// Nothing within the time given.
        record Silence() implements FirstOctets {}

        /// The client closed the connection.
        record End() implements FirstOctets {}
    }

    private static final int OCTETS_MAX = 2048;
    private static final byte TLS_HANDSHAKE_RECORD = 0x16;

    /// In the format of SSL 2 (RFC 5246 appendix E.2), as old devices say it.
    private static final byte SSL_2_CLIENT_HELLO = (byte) 0x80;

    private Sniffer() {}

    /// Waits for the first octets, at most `patience`. Blocks.
    public static FirstOctets look(SocketChannel channel, Duration patience) throws IOException {
        byte[] octets = new byte[OCTETS_MAX];
        int read;
        try {
            channel.socket().setSoTimeout(Math.toIntExact(patience.toMillis()));
            read = channel.socket().getInputStream().read(octets);
        } catch (SocketTimeoutException silent) {
            return new FirstOctets.Silence();
        } finally {
            channel.socket().setSoTimeout(0);
        }
        if (read < 0) {
            return new FirstOctets.End();
        }
        ByteBuffer first = ByteBuffer.wrap(Arrays.copyOf(octets, read));
        return octets[0] == TLS_HANDSHAKE_RECORD || octets[0] == SSL_2_CLIENT_HELLO
                ? new FirstOctets.ClientHello(first)
                : new FirstOctets.Other(first);
    }
}
