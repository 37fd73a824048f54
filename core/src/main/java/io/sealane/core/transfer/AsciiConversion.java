package io.sealane.core.transfer;

import java.nio.ByteBuffer;

/// Line ends of TYPE A, in both directions, with state over the edges of buffers: LF in the store,
/// CRLF on the wire. A CR that is not before an LF is left alone; CRLF in the store stays CRLF. One
/// object serves one direction of one transfer.
final class AsciiConversion {
    private boolean lastWasCr;

    /// Converts store to wire. Stops when `wire` may not hold one more octet converted.
    void toWire(ByteBuffer stored, ByteBuffer wire) {
        while (stored.hasRemaining() && wire.remaining() >= 2) {
            byte octet = stored.get();
            if (octet == '\n' && !lastWasCr) {
                wire.put((byte) '\r');
            }
            wire.put(octet);
            lastWasCr = octet == '\r';
        }
    }

    /// Converts wire to store. A CR at the end is held back until what follows is known.
    void toStore(ByteBuffer wire, ByteBuffer stored) {
        while (wire.hasRemaining() && stored.remaining() >= 2) {
            byte octet = wire.get();
            if (lastWasCr && octet != '\n') {
                stored.put((byte) '\r');
            }
            lastWasCr = octet == '\r';
            if (!lastWasCr) {
                stored.put(octet);
            }
        }
    }

    /// Gives out the CR that is still held back at the end of the data.
    void finishStore(ByteBuffer stored) {
        if (lastWasCr) {
            stored.put((byte) '\r');
            lastWasCr = false;
        }
    }
}
