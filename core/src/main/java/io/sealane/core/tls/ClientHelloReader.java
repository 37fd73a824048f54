package io.sealane.core.tls;

import io.sealane.core.wire.ClientHello;
import io.sealane.core.wire.ClientHello.Parsed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// Reads a client's first message ahead of the engine: certificate, virtual host and refusal depend
/// on it, and what a library makes of it is one word too late.
public final class ClientHelloReader {
    /// What came first.
    ///
    /// @param parsed whole; or broken, or no more than begun where the stream ended: the engine is
    ///   to refuse it
    /// @param octets all that was read, for the engine
    public record First(Parsed parsed, ByteBuffer octets) {
        /// Empty if it was none, or not whole.
        public Optional<ClientHello> hello() {
            return parsed instanceof Parsed.Whole(ClientHello whole)
                    ? Optional.of(whole)
                    : Optional.empty();
        }
    }

    private static final int OCTETS_FIRST = 2048;

    private ClientHelloReader() {}

    /// Reads until the message is whole, is none, or the stream ends. Blocks.
    ///
    /// @param begun octets of it that were read already
    public static First read(SocketChannel channel, ByteBuffer begun) throws IOException {
        ByteBuffer octets =
                ByteBuffer.allocate(Math.max(OCTETS_FIRST, begun.remaining())).put(begun);
        while (true) {
            Parsed parsed = ClientHello.parse(octets.duplicate().flip());
            switch (parsed) {
                case Parsed.Whole(ClientHello hello) -> {
                    return new First(parsed, octets.flip());
                }
                case Parsed.Broken(String cause) -> {
                    return new First(parsed, octets.flip());
                }
                case Parsed.Begun(int octetsMore) -> {
                    int wanted = octets.position() + octetsMore;
                    if (wanted > ClientHello.OCTETS_MAX) {
                        return new First(new Parsed.Broken("too long"), octets.flip());
                    }
                    octets = withRoomTo(wanted, octets);
                    while (octets.position() < wanted) {
                        if (channel.read(octets) < 0) { // blocks
                            return new First(parsed, octets.flip());
                        }
                    }
                    TcpOptions.acknowledgeNow(channel);
                }
            }
        }
    }

    private static ByteBuffer withRoomTo(int wanted, ByteBuffer octets) {
        return wanted <= octets.capacity()
                ? octets
                : ByteBuffer.allocate(Math.max(wanted, 2 * octets.capacity())).put(octets.flip());
    }
}
