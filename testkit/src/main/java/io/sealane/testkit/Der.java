package io.sealane.testkit;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/// As much of DER (ITU-T X.690) as certificates and revocation lists are made of.
final class Der {
    static final int BOOLEAN = 0x01;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int NULL = 0x05;
    private static final int UTC_TIME = 0x17;
    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED = 0x20;

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    /// One element of what `parts` make together.
    static byte[] element(int tag, byte[]... parts) {
        byte[] content = joined(parts);
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < 0x80) {
            element.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int zeros = length[0] == 0 ? 1 : 0;
            element.write(0x80 | (length.length - zeros));
            element.write(length, zeros, length.length - zeros);
        }
        element.writeBytes(content);
        return element.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return element(SEQUENCE, parts);
    }

    static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    static byte[] nothing() {
        return element(NULL);
    }

    static byte[] truth() {
        return element(BOOLEAN, new byte[] {(byte) 0xFF});
    }

    static byte[] octets(byte[]... parts) {
        return element(OCTET_STRING, parts);
    }

    /// All bits of `octets`.
    static byte[] bits(byte[] octets) {
        return element(BIT_STRING, new byte[] {0}, octets);
    }

    /// Named bits, the last `unused` of which are zero and left out.
    static byte[] bits(int octet, int unused) {
        return element(BIT_STRING, new byte[] {(byte) unused, (byte) octet});
    }

    /// An object identifier of less than 2^28 per arc.
    static byte[] oid(String dotted) {
        int[] arcs = Arrays.stream(dotted.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(40 * arcs[0] + arcs[1]);
        for (int arc : Arrays.copyOfRange(arcs, 2, arcs.length)) {
            for (int shift = 21; shift > 0; shift -= 7) {
                if (arc >>> shift != 0) {
                    content.write(0x80 | (arc >>> shift & 0x7F));
                }
            }
            content.write(arc & 0x7F);
        }
        return element(OBJECT_IDENTIFIER, content.toByteArray());
    }

    /// A time before the year 2050.
    static byte[] time(Instant time) {
        return element(UTC_TIME, UTC.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /// An element with a context-specific tag around others.
    static byte[] tagged(int number, byte[]... parts) {
        return element(CONTEXT | CONSTRUCTED | number, parts);
    }

    /// Octets with a context-specific tag of their own.
    static byte[] taggedOctets(int number, byte[] octets) {
        return element(CONTEXT | number, octets);
    }

    /// A text with a context-specific tag of its own.
    static byte[] taggedText(int number, String text) {
        return element(CONTEXT | number, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
