package io.sealane.core.tls;

import io.sealane.core.wire.ClientHello;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import java.util.Optional;

/// The alert to a client that is refused before an engine was made for it: one record in the clear.
/// RFC 8446 section 6.2.
final class FatalAlert {
    private static final byte RECORD_ALERT = 21;
    private static final int TLS_1_0 = 0x0301;
    private static final int TLS_1_2 = 0x0303;
    private static final byte LEVEL_FATAL = 2;
    private static final short ALERT_OCTETS = 2;
    private static final int RECORD_OCTETS = 7;

    private FatalAlert() {}

    /// Sends `alert` in a record of a version that the client knows. Blocks.
    static void send(SocketChannel channel, int alert, Optional<ClientHello> hello)
            throws IOException {
        ByteBuffer octets =
                ByteBuffer.allocate(RECORD_OCTETS)
                        .put(RECORD_ALERT)
                        .putShort((short) version(hello))
                        .putShort(ALERT_OCTETS)
                        .put(LEVEL_FATAL)
                        .put((byte) alert)
                        .flip();
        while (octets.hasRemaining()) {
            channel.write(octets); // blocks
        }
    }

    private static int version(Optional<ClientHello> hello) {
        return hello.map(ClientHello::versions)
                .filter(versions -> !versions.isEmpty())
                .map(versions -> Math.clamp(Collections.max(versions), TLS_1_0, TLS_1_2))
                .orElse(TLS_1_2);
    }
}
