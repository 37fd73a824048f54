package io.sealane.tls.boringssl;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;

/// BoringSSL's SSL_SESSION as it is in a ticket: a sequence in DER, in which a field that may be
/// absent has its number as a context-specific tag. Of those the three that a ticket has for itself
/// are known here, and all others are left as they are.
final class SessionState {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int FIELD = 0xA0;
    private static final int TIME = FIELD | 1;
    private static final int TIMEOUT = FIELD | 2;
    private static final int TICKET_AGE_ADD = FIELD | 21;

    private static final int TAG_OF_SEVERAL_OCTETS = 0x1F;
    private static final int MORE = 0x80;

    private final byte[] der;

    /// @param der the whole
    SessionState(byte[] der) {
        this.der = der.clone();
    }

    byte[] der() {
        return der.clone();
    }

    /// The same for another ticket.
    ///
    /// @param made second of its making; BoringSSL takes no ticket from the future
    /// @param timeout how long it is good for
    /// @param ageAdd what the client adds to its age, four octets
    /// @throws GeneralSecurityException if it is not what is known of BoringSSL
    SessionState renewed(Instant made, Duration timeout, byte[] ageAdd)
            throws GeneralSecurityException {
        try {
            ByteBuffer all = ByteBuffer.wrap(der);
            if (tag(all) != SEQUENCE || length(all) != all.remaining()) {
                throw new GeneralSecurityException("a session's state that is no sequence");
            }
            ByteArrayOutputStream fields = new ByteArrayOutputStream(der.length);
            while (all.hasRemaining()) {
                int start = all.position();
                int tag = tag(all);
                int length = length(all);
                all.position(all.position() + length);
                switch (tag) {
                    case TIME -> put(fields, TIME, integer(made.getEpochSecond()));
                    case TIMEOUT -> put(fields, TIMEOUT, integer(timeout.toSeconds()));
                    case TICKET_AGE_ADD ->
                            put(fields, TICKET_AGE_ADD, element(OCTET_STRING, ageAdd));
                    default -> fields.write(der, start, all.position() - start);
                }
            }
            return new SessionState(element(SEQUENCE, fields.toByteArray()));
        } catch (BufferUnderflowException | IllegalArgumentException broken) {
            throw new GeneralSecurityException("a session's state that is cut", broken);
        }
    }

    /// The first octet of a tag; those behind it are passed over.
    private static int tag(ByteBuffer in) {
        int first = in.get() & 0xFF;
        if ((first & TAG_OF_SEVERAL_OCTETS) == TAG_OF_SEVERAL_OCTETS) {
            int next = in.get();
            while ((next & MORE) != 0) {
                next = in.get();
            }
        }
        return first;
    }

    private static int length(ByteBuffer in) {
        int first = in.get() & 0xFF;
        if (first < MORE) {
            return first;
        }
        int length = 0;
        for (int octet = first & ~MORE; octet > 0; octet--) {
            length = (length << Byte.SIZE) | (in.get() & 0xFF);
        }
        return length;
    }

    private static byte[] integer(long value) {
        return element(INTEGER, BigInteger.valueOf(value).toByteArray());
    }

    private static void put(ByteArrayOutputStream out, int tag, byte[] content) {
        out.writeBytes(element(tag, content));
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 4);
        out.write(tag);
        if (content.length >= 0x100) {
            out.write(MORE | 2);
            out.write(content.length >>> Byte.SIZE);
        } else if (content.length >= MORE) {
            out.write(MORE | 1);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
