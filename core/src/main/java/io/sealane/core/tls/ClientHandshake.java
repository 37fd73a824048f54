package io.sealane.core.tls;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// This server's end of a handshake in which it is the TLS client: of a data connection to another
/// server (SSCN, CPSV). Says in the words of [HandshakeReason] why it failed.
public final class ClientHandshake {
    /// Makes the transport.
    @FunctionalInterface
    public interface Opener {
        TlsTransport open() throws IOException;
    }

    private ClientHandshake() {}

    /// Shakes hands over `channel`. Blocks.
    ///
    /// @throws HandshakeFailure if it came to nothing; the channel is closed then
    public static TlsTransport shake(SocketChannel channel, Opener opener) throws HandshakeFailure {
        TlsTransport transport;
        try {
            transport = opener.open();
        } catch (IOException failed) {
            new PlainTransport(channel).close();
            throw failure(failed, HandshakeReason.TLS_UNAVAILABLE);
        }
        try {
            transport.handshake(); // blocks
            return transport;
        } catch (IOException failed) {
            transport.close();
            throw failure(failed, HandshakeReason.PROTOCOL_ERROR);
        }
    }

    private static HandshakeFailure failure(IOException failed, HandshakeReason otherwise) {
        return HandshakeFailure.of(
                failed,
                HandshakeReason.SERVER_ALERT,
                Optional.empty(),
                tls -> tls.isEndOfPeer() ? HandshakeReason.CONNECTION_CLOSED : otherwise);
    }
}
