package io.sealane.core.wire;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/// The scheme of the signature by which a client of TLS 1.2 proves its certificate: its
/// CertificateVerify comes in the clear (RFC 5246 section 7.4.8). Reads one handshake, record by
/// record; belongs to one thread.
public final class CertificateVerify {
    private static final int RECORD_ALERT = 21;
    private static final int RECORD_HANDSHAKE = 22;
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    private static final int MESSAGE_CERTIFICATE_VERIFY = 15;

    private boolean isOver;
    private int head;
    private int headOctets;
    private int bodyLeft;
    private int scheme;
    private int schemeOctets;

    /// Takes note of what the client has sent.
    ///
    /// @param record one whole TLS record from position to limit, which stay
    public void pass(ByteBuffer record) {
        int at = record.position();
        if (isOver || record.remaining() < RECORD_HEADER) {
            return;
        }
        if (record.get(at) != RECORD_HANDSHAKE) {
            // From there on nothing is in the clear. A warning may stand between any two.
            isOver = record.get(at) != RECORD_ALERT;
            return;
        }
        at += RECORD_HEADER;
        while (at < record.limit()) {
            if (headOctets < MESSAGE_HEADER) {
                head = head << Byte.SIZE | Byte.toUnsignedInt(record.get(at++));
                headOctets++;
                bodyLeft = head & 0xFFFFFF;
            } else if (head >>> 24 == MESSAGE_CERTIFICATE_VERIFY && schemeOctets < Short.BYTES) {
                scheme = scheme << Byte.SIZE | Byte.toUnsignedInt(record.get(at++));
                schemeOctets++;
                bodyLeft--;
            } else {
                int skipped = Math.min(bodyLeft, record.limit() - at);
                at += skipped;
                bodyLeft -= skipped;
            }
            if (headOctets == MESSAGE_HEADER && bodyLeft == 0) {
                headOctets = 0;
            }
        }
    }

    /// SignatureScheme of the IANA registry; empty while there was none, as in TLS 1.3, where it is
    /// protected.
    public OptionalInt scheme() {
        return schemeOctets == Short.BYTES ? OptionalInt.of(scheme) : OptionalInt.empty();
    }
}
