package io.sealane.core.tls;

import java.nio.ByteBuffer;

/// Follows where TLS records end in what the peer sends (RFC 8446 section 5.1: type, two octets of
/// version, two of length). The first may be one of SSL 2 (RFC 5246 appendix E.2), two octets of
/// length and no more ahead of it. Belongs to whoever reads.
final class RecordBounds {
    static final int HEADER_OCTETS = 5;

    private static final int SSL_2_HEADER_OCTETS = 2;
    private static final byte SSL_2_FIRST_OCTET = (byte) 0x80;

    /// First octets of TLS records, from change_cipher_spec to application_data. No line of FTP
    /// begins with one of these control characters.
    private static final int TYPE_FIRST = 20;

    private static final int TYPE_LAST = 23;

    private boolean hasBegun;
    private int headerOctetsWanted = HEADER_OCTETS;
    private int headerOctets;
    private int length;
    private int contentLeft;

    static boolean isType(byte octet) {
        return octet >= TYPE_FIRST && octet <= TYPE_LAST;
    }

    /// Where the record at the position of `unread` ends: at the position itself if not all of it
    /// is there, at the limit if what is there is no record.
    static int endOfFirst(ByteBuffer unread) {
        int start = unread.position();
        if (unread.hasRemaining() && !isType(unread.get(start))) {
            return unread.limit();
        }
        if (unread.remaining() < HEADER_OCTETS) {
            return start;
        }
        int end =
                start
                        + HEADER_OCTETS
                        + Short.toUnsignedInt(unread.getShort(start + HEADER_OCTETS - 2));
        if (end - start > unread.capacity()) {
            return unread.limit(); // Longer than any record may be.
        }
        return end <= unread.limit() ? end : start;
    }

    /// Takes note of octets that were read: those from `start` to `end` of `octets`.
    void pass(ByteBuffer octets, int start, int end) {
        int at = start;
        while (at < end) {
            if (contentLeft > 0) {
                int skipped = Math.min(contentLeft, end - at);
                contentLeft -= skipped;
                at += skipped;
            } else {
                passHeader(octets.get(at++));
            }
        }
    }

    private void passHeader(byte octet) {
        if (!hasBegun && octet == SSL_2_FIRST_OCTET) {
            headerOctetsWanted = SSL_2_HEADER_OCTETS;
        }
        hasBegun = true;
        headerOctets++;
        length = (length << Byte.SIZE | Byte.toUnsignedInt(octet)) & 0xffff;
        if (headerOctets == headerOctetsWanted) {
            contentLeft = headerOctetsWanted == HEADER_OCTETS ? length : length & 0xff;
            headerOctets = 0;
            headerOctetsWanted = HEADER_OCTETS;
        }
    }

    /// Whether more of a record that has begun is to come.
    boolean isWithinRecord() {
        return headerOctets > 0 || contentLeft > 0;
    }
}
