package io.sealane.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts recorded bytes of one direction into TLS records, without any key.
public final class TlsRecords {
    private static final int HEADER_BYTES = 5;

    /// RFC 5246 section 6.2.3: 2^14 bytes of content and 2,048 of protection; TLS 1.3 has less.
    private static final int RECORD_BYTES_MAX = 16 * 1024 + 2048;

    private TlsRecords() {}

    /// Parses a stream that is TLS from its first byte. A cut header at its end is left out.
    ///
    /// @throws ProtocolViolation where something else than a record begins
    public static List<TlsRecord> parse(byte[] bytes) {
        List<TlsRecord> records = new ArrayList<>();
        int at = 0;
        while (at + HEADER_BYTES <= bytes.length) {
            int version = number(bytes, at + 1);
            int length = number(bytes, at + 3);
            if (version >> 8 != 3 || length > RECORD_BYTES_MAX) {
                throw notARecord(bytes, at);
            }
            int present = Math.min(length, bytes.length - at - HEADER_BYTES);
            records.add(new TlsRecord(type(bytes, at), version, length, present));
            at += HEADER_BYTES + length;
        }
        return List.copyOf(records);
    }

    /// Parses what follows the first line that begins with `lineStart`: of explicit FTPS, that is
    /// `234` towards the client and `AUTH` towards the server.
    public static List<TlsRecord> parseBehindLine(String lineStart, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int line = text.startsWith(lineStart) ? 0 : text.indexOf("\r\n" + lineStart) + 2;
        int end = text.indexOf("\r\n", line);
        if (line == 1 || end < 0) {
            throw new ProtocolViolation("no line begins with " + lineStart, bytes);
        }
        return parse(Arrays.copyOfRange(bytes, end + 2, bytes.length));
    }

    private static TlsRecord.Type type(byte[] bytes, int at) {
        return Arrays.stream(TlsRecord.Type.values())
                .filter(type -> type.number() == bytes[at])
                .findFirst()
                .orElseThrow(() -> notARecord(bytes, at));
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    private static ProtocolViolation notARecord(byte[] bytes, int at) {
        return new ProtocolViolation(
                "no TLS record begins at byte " + at, Arrays.copyOfRange(bytes, at, bytes.length));
    }
}
