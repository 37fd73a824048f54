package io.sealane.core.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/// What the server's own first flight tells that its TLS library does not: the group of the key
/// exchange. RFC 8446 section 4.1.3, RFC 8422 section 5.4.
public final class ServerFlight {
    private static final int RECORD_HANDSHAKE = 22;
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_SERVER_HELLO = 2;
    private static final int MESSAGE_SERVER_KEY_EXCHANGE = 12;
    private static final int RANDOM_OCTETS = 32;
    private static final int EXTENSION_KEY_SHARE = 51;
    private static final int CURVE_TYPE_NAMED = 3;

    private ServerFlight() {}

    /// The group, as its code point in the IANA registry: of the key share in TLS 1.3, of the
    /// ServerKeyExchange before. Of a HelloRetryRequest, the one that is asked for.
    ///
    /// @param records TLS records from position to limit, which stay
    /// @return empty if no ECDHE group is in them, as where a session is resumed in TLS 1.2
    public static OptionalInt group(ByteBuffer records) {
        try {
            return groupIn(joined(records.duplicate()));
        } catch (BufferUnderflowException | IllegalArgumentException otherwise) {
            return OptionalInt.empty();
        }
    }

    /// The handshake messages in the clear, as far as they are whole.
    private static ByteBuffer joined(ByteBuffer records) {
        ByteBuffer messages = ByteBuffer.allocate(records.remaining());
        while (records.remaining() > RECORD_HEADER && records.get() == RECORD_HANDSHAKE) {
            records.getShort(); // version
            int length = Math.min(records.getShort() & 0xFFFF, records.remaining());
            messages.put(records.slice().limit(length));
            records.position(records.position() + length);
        }
        return messages.flip();
    }

    private static OptionalInt groupIn(ByteBuffer messages) {
        while (messages.hasRemaining()) {
            int head = messages.getInt();
            ByteBuffer body = take(messages, head & 0xFFFFFF);
            OptionalInt group =
                    switch (head >>> 24) {
                        case MESSAGE_SERVER_HELLO -> ofKeyShare(body);
                        case MESSAGE_SERVER_KEY_EXCHANGE -> ofKeyExchange(body);
                        default -> OptionalInt.empty();
                    };
            if (group.isPresent()) {
                return group;
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt ofKeyShare(ByteBuffer hello) {
        take(hello, Short.BYTES + RANDOM_OCTETS);
        take(hello, hello.get() & 0xFF); // session id
        take(hello, Short.BYTES + 1); // suite, compression
        ByteBuffer extensions =
                hello.hasRemaining() ? take(hello, hello.getShort() & 0xFFFF) : hello;
        while (extensions.hasRemaining()) {
            int type = extensions.getShort() & 0xFFFF;
            ByteBuffer data = take(extensions, extensions.getShort() & 0xFFFF);
            if (type == EXTENSION_KEY_SHARE) {
                return OptionalInt.of(data.getShort() & 0xFFFF);
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt ofKeyExchange(ByteBuffer exchange) {
        return exchange.get() == CURVE_TYPE_NAMED
                ? OptionalInt.of(exchange.getShort() & 0xFFFF)
                : OptionalInt.empty();
    }

    private static ByteBuffer take(ByteBuffer in, int length) {
        ByteBuffer taken = in.slice().limit(length);
        in.position(in.position() + length);
        return taken;
    }
}
