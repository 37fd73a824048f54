package io.sealane.tls.boringssl;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// NewSessionTicket messages (RFC 8446 section 4.6.1) of a session that BoringSSL has given one of,
/// each with a ticket, an age_add and a lifetime of its own. Their nonce is the first one's, and so
/// is the key that the client derives: another would take the session's secret, which BoringSSL
/// keeps.
///
/// Not safe for concurrent use.
final class FreshTickets {
    static final byte NEW_SESSION_TICKET = 4;

    /// Longest that a client may keep one.
    private static final Duration LIFETIME = Duration.ofDays(7);

    /// How far the machine's clock may be set back without a ticket being from the future.
    private static final Duration CLOCK_STEP_MAX = Duration.ofHours(1);

    private static final int HEADER_BYTES = 4;
    private static final int AGE_ADD_BYTES = 4;

    private final TicketKey key;
    private final byte[] nonce;
    private final SessionState state;
    private final byte[] extensions;

    /// @param message a whole one of BoringSSL's, its ticket sealed by `key`
    /// @throws GeneralSecurityException if it is not what is known of BoringSSL
    FreshTickets(byte[] message, TicketKey key) throws GeneralSecurityException {
        this.key = key;
        try {
            ByteBuffer in = ByteBuffer.wrap(message);
            in.position(HEADER_BYTES + Integer.BYTES + AGE_ADD_BYTES);
            nonce = take(in, in.get() & 0xFF);
            state = new SessionState(key.open(take(in, in.getShort() & 0xFFFF)));
            extensions = Arrays.copyOfRange(message, in.position(), message.length);
        } catch (BufferUnderflowException | IllegalArgumentException broken) {
            throw new GeneralSecurityException("a NewSessionTicket that is cut", broken);
        }
    }

    /// One that the session has not given before.
    byte[] next(Instant now) throws GeneralSecurityException {
        byte[] ageAdd = key.randomBytes(AGE_ADD_BYTES);
        Instant made = now.minus(CLOCK_STEP_MAX);
        byte[] ticket = key.seal(state.renewed(made, LIFETIME.plus(CLOCK_STEP_MAX), ageAdd).der());
        int length =
                Integer.BYTES
                        + AGE_ADD_BYTES
                        + Byte.BYTES
                        + nonce.length
                        + Short.BYTES
                        + ticket.length
                        + extensions.length;
        return ByteBuffer.allocate(HEADER_BYTES + length)
                .putInt((NEW_SESSION_TICKET << 24) | length)
                .putInt(Math.toIntExact(LIFETIME.toSeconds()))
                .put(ageAdd)
                .put((byte) nonce.length)
                .put(nonce)
                .putShort((short) ticket.length)
                .put(ticket)
                .put(extensions)
                .array();
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }
}
