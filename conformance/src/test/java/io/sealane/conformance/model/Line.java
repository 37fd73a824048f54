package io.sealane.conformance.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// How the octets of one line are read (RFC 959 section 5.3, RFC 2640 section 2.2).
sealed interface Line {
    /// No client needs longer lines, and a server must take lines that are almost so long. What is
    /// right in between is left open.
    int OCTETS_MAX = 4200;

    record Command(String verb, String argument) implements Line {}

    record Empty() implements Line {}

    /// Refused as a line, whatever it says.
    record Malformed(int code) implements Line {}

    /// Reads a line with its end; a character stands for an octet.
    static Line read(String octets) {
        String line = octets.replaceFirst("\r?\n$", "");
        if (line.length() > OCTETS_MAX) {
            return new Malformed(500);
        }
        // Telnet commands do not count (RFC 854).
        line = line.replaceAll("\u00ff[\u00fb-\u00fe].|\u00ff[\u00f0-\u00fa]", "");
        String text;
        try {
            byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            return new Malformed(501);
        }
        if (text.chars().anyMatch(c -> c < ' ' && c != '\t')) {
            return new Malformed(500);
        }
        String words = text.stripLeading();
        if (words.isEmpty()) {
            return new Empty();
        }
        int space = words.indexOf(' ');
        String verb = space < 0 ? words : words.substring(0, space);
        String argument = space < 0 ? "" : words.substring(space + 1);
        return new Command(verb.toUpperCase(Locale.ROOT), argument);
    }
}
