package io.sealane.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/// Renders bytes so that a failure message shows each of them: ASCII as it is, CR, LF and TAB as
/// escapes, the rest as `\xNN`.
final class Printable {
    /// Bytes shown of one message; what is beyond is counted. A failure must fit a screen or two.
    private static final int SHOWN_BYTES_MAX = 4096;

    private Printable() {}

    static String of(byte[] bytes) {
        int shown = Math.min(bytes.length, SHOWN_BYTES_MAX);
        StringBuilder text = new StringBuilder(shown + 16);
        for (int i = 0; i < shown; i++) {
            append(text, bytes[i] & 0xFF);
        }
        if (shown < bytes.length) {
            text.append("... and ").append(bytes.length - shown).append(" bytes more");
        }
        return text.toString();
    }

    /// Reads the same escapes back; other characters become UTF-8.
    static byte[] parse(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            if (codePoint != '\\') {
                bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            if (at == text.length()) {
                throw new IllegalArgumentException("a lone backslash ends: " + text);
            }
            char escape = text.charAt(at++);
            switch (escape) {
                case 'r' -> bytes.write('\r');
                case 'n' -> bytes.write('\n');
                case 't' -> bytes.write('\t');
                case '0' -> bytes.write(0);
                case '\\' -> bytes.write('\\');
                case 'x' -> {
                    bytes.write(HexFormat.fromHexDigits(text, at, at + 2));
                    at += 2;
                }
                default -> throw new IllegalArgumentException("no escape: \\" + escape);
            }
        }
        return bytes.toByteArray();
    }

    private static void append(StringBuilder text, int octet) {
        switch (octet) {
            case '\r' -> text.append("\\r");
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            case '\\' -> text.append("\\\\");
            default -> {
                if (octet >= 0x20 && octet < 0x7F) {
                    text.append((char) octet);
                } else {
                    text.append(String.format(Locale.ROOT, "\\x%02x", octet));
                }
            }
        }
    }
}
