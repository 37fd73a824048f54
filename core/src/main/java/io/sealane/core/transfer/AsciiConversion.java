package io.sealane.core.transfer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Line ends of TYPE A, in both directions, with state over the edges of buffers: LF in the store,
/// CRLF on the wire. A CR that is not before an LF is left alone; CRLF in the store stays CRLF. One
/// object serves one direction of one transfer. Buffers are best direct.
///
/// Measured: 32 octets at a step, looked at as four numbers and copied before it is known what is
/// in them. `ByteBuffer.putLong` is a tenth faster, but three of ten servers had it compiled with a
/// call for each number, and stayed at twice the time; a `VarHandle` is always compiled into its
/// caller. By memory segments the first GiB of a new server went at a third of its later speed.
final class AsciiConversion {
    /// The first octet of a number is its lowest, so that borrowing in [#marks] goes to those
    /// behind it.
    private static final VarHandle EIGHT =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte CR = '\r';
    private static final byte LF = '\n';

    /// Octets moved and looked at in one step.
    private static final int STEP = 4 * Long.BYTES;

    private static final int SECOND = Long.BYTES;
    private static final int THIRD = 2 * Long.BYTES;
    private static final int FOURTH = 3 * Long.BYTES;

    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private static final long LINE_FEEDS = LF * EACH;
    private static final long CARRIAGE_RETURNS = CR * EACH;

    private boolean lastWasCr;

    /// Converts store to wire. Stops when `wire` may not hold one more octet converted.
    void toWire(ByteBuffer stored, ByteBuffer wire) {
        ByteBuffer from = stored.slice();
        ByteBuffer to = wire.slice();
        int in = 0;
        int out = 0;
        int lastIn = from.limit() - STEP;
        int lastOut = to.limit() - STEP - 1;
        while (in <= lastIn && out <= lastOut) {
            long first = (long) EIGHT.get(from, in);
            long second = (long) EIGHT.get(from, in + SECOND);
            long third = (long) EIGHT.get(from, in + THIRD);
            long fourth = (long) EIGHT.get(from, in + FOURTH);
            EIGHT.set(to, out, first);
            EIGHT.set(to, out + SECOND, second);
            EIGHT.set(to, out + THIRD, third);
            EIGHT.set(to, out + FOURTH, fourth);
            long firstMarks = marks(first, LINE_FEEDS);
            long secondMarks = marks(second, LINE_FEEDS);
            long thirdMarks = marks(third, LINE_FEEDS);
            long fourthMarks = marks(fourth, LINE_FEEDS);
            if ((firstMarks | secondMarks | thirdMarks | fourthMarks) == 0) {
                in += STEP;
                out += STEP;
            } else {
                int plain =
                        (firstMarks | secondMarks) != 0
                                ? octetsBefore(firstMarks, secondMarks)
                                : THIRD + octetsBefore(thirdMarks, fourthMarks);
                in += plain;
                out += plain;
                if (!isBehindCr(from, in)) {
                    to.put(out++, CR);
                }
                to.put(out++, LF);
                in++;
            }
        }
        while (in < from.limit() && to.limit() - out >= 2) {
            byte octet = from.get(in);
            if (octet == LF && !isBehindCr(from, in)) {
                to.put(out++, CR);
            }
            to.put(out++, octet);
            in++;
        }
        lastWasCr = isBehindCr(from, in);
        advance(stored, in);
        advance(wire, out);
    }

    /// Converts wire to store. A CR at the end is held back until what follows is known.
    void toStore(ByteBuffer wire, ByteBuffer stored) {
        ByteBuffer from = wire.slice();
        ByteBuffer to = stored.slice();
        int in = 0;
        int out = 0;
        if (lastWasCr && from.hasRemaining() && to.limit() >= 2) {
            lastWasCr = false;
            if (from.get(0) != LF) {
                to.put(out++, CR);
            }
        }
        // One octet more, to see what follows a CR.
        int lastIn = from.limit() - STEP - 1;
        int lastOut = to.limit() - STEP;
        while (in <= lastIn && out <= lastOut) {
            long first = (long) EIGHT.get(from, in);
            long second = (long) EIGHT.get(from, in + SECOND);
            long third = (long) EIGHT.get(from, in + THIRD);
            long fourth = (long) EIGHT.get(from, in + FOURTH);
            EIGHT.set(to, out, first);
            EIGHT.set(to, out + SECOND, second);
            EIGHT.set(to, out + THIRD, third);
            EIGHT.set(to, out + FOURTH, fourth);
            long firstMarks = marks(first, CARRIAGE_RETURNS);
            long secondMarks = marks(second, CARRIAGE_RETURNS);
            long thirdMarks = marks(third, CARRIAGE_RETURNS);
            long fourthMarks = marks(fourth, CARRIAGE_RETURNS);
            if ((firstMarks | secondMarks | thirdMarks | fourthMarks) == 0) {
                in += STEP;
                out += STEP;
            } else {
                int plain =
                        (firstMarks | secondMarks) != 0
                                ? octetsBefore(firstMarks, secondMarks)
                                : THIRD + octetsBefore(thirdMarks, fourthMarks);
                in += plain;
                out += plain;
                boolean isLineEnd = from.get(in + 1) == LF;
                to.put(out++, isLineEnd ? LF : CR);
                in += isLineEnd ? 2 : 1;
            }
        }
        while (in < from.limit() && to.limit() - out >= 2) {
            byte octet = from.get(in++);
            if (lastWasCr && octet != LF) {
                to.put(out++, CR);
            }
            lastWasCr = octet == CR;
            if (!lastWasCr) {
                to.put(out++, octet);
            }
        }
        advance(wire, in);
        advance(stored, out);
    }

    /// Gives out the CR that is still held back at the end of the data.
    void finishStore(ByteBuffer stored) {
        if (lastWasCr) {
            stored.put(CR);
            lastWasCr = false;
        }
    }

    private boolean isBehindCr(ByteBuffer from, int in) {
        return in == 0 ? lastWasCr : from.get(in - 1) == CR;
    }

    private static void advance(ByteBuffer octets, int by) {
        octets.position(octets.position() + by);
    }

    /// The lowest high bit that is set is that of the first octet that is the sought one.
    private static long marks(long eight, long eightSought) {
        long zeroIfSought = eight ^ eightSought;
        return (zeroIfSought - EACH) & ~zeroIfSought & HIGH_BITS;
    }

    /// How many octets stand in front of the first that is marked in one of the two.
    private static int octetsBefore(long first, long second) {
        return first != 0
                ? Long.numberOfTrailingZeros(first) / Byte.SIZE
                : Long.BYTES + Long.numberOfTrailingZeros(second) / Byte.SIZE;
    }
}
