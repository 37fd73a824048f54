package io.sealane.core.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// The alert to a client that is refused before an engine was made for it: one record in the clear.
/// RFC 8446 section 6.2.
public final class FatalAlert {
    private static final byte RECORD_ALERT = 21;
    private static final short VERSION_TLS_1_2 = 0x0303;
    private static final byte LEVEL_FATAL = 2;
    private static final short ALERT_OCTETS = 2;
    private static final int RECORD_OCTETS = 7;

    private FatalAlert() {}

    /// Sends the alert that `refused` names, if it names one. Blocks.
    public static void send(SocketChannel channel, TlsException refused) throws IOException {
        if (refused.alert().isEmpty()) {
            return;
        }
        ByteBuffer octets =
                ByteBuffer.allocate(RECORD_OCTETS)
                        .put(RECORD_ALERT)
                        .putShort(VERSION_TLS_1_2)
                        .putShort(ALERT_OCTETS)
                        .put(LEVEL_FATAL)
                        .put((byte) refused.alert().getAsInt())
                        .flip();
        while (octets.hasRemaining()) {
            channel.write(octets); // blocks
        }
    }
}
