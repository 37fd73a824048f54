package io.sealane.core.wire;

import java.util.function.IntPredicate;

/// Makes text from outside safe to show: in a log line or in a reply.
public final class Printable {
    /// Longest text shown, in characters; what is behind it tells nobody more.
    static final int LENGTH_MAX = 512;

    /// Stands for what is left out.
    private static final String CUT = "...";

    private Printable() {}

    /// Replaces by `?` what [#isUnsafe] and cuts what is longer than [#LENGTH_MAX].
    public static String escape(String text) {
        return clean(text, LENGTH_MAX, Printable::isUnsafe);
    }

    /// Whether a character is none to see, or makes a screen show another line or another order:
    /// control characters, spaces and joiners without width, line and paragraph separators, and the
    /// marks, embeddings, overrides and isolates of bidirectional text (Unicode Standard Annex 9).
    /// Not the zero width joiner and non-joiner, by which words of Persian or Hindi differ.
    public static boolean isUnsafe(int c) {
        return Character.isISOControl(c)
                || c == 0x061C
                || c == 0x200B
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2060 && c <= 0x2069)
                || c == 0xFEFF;
    }

    /// As [#escape], of another length, and leaves what a path in a command may hold and a line of
    /// a reply as well: tabs, DEL and the control characters of ISO 8859.
    static String forReply(String text, int lengthMax) {
        return clean(text, lengthMax, c -> c < ' ' && c != '\t');
    }

    /// Cuts the end off, between two characters, where the text has more octets in UTF-8.
    static String cutToOctets(String text, int octetsMax) {
        int octets = 0;
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            octets += octets(character);
            if (octets > octetsMax) {
                return text.substring(0, end) + CUT;
            }
            end += Character.charCount(character);
        }
        return text;
    }

    private static int octets(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < 0x10000 ? 3 : 4;
    }

    /// Cuts never between the two halves of a character.
    private static String clean(String text, int lengthMax, IntPredicate unwanted) {
        String shown = text.length() > lengthMax ? cut(text, lengthMax) + CUT : text;
        if (shown.chars().noneMatch(unwanted)) {
            return shown;
        }
        StringBuilder clean = new StringBuilder(shown.length());
        shown.chars().forEach(c -> clean.append(unwanted.test(c) ? '?' : (char) c));
        return clean.toString();
    }

    private static String cut(String text, int lengthMax) {
        return text.substring(
                0, lengthMax - (Character.isHighSurrogate(text.charAt(lengthMax - 1)) ? 1 : 0));
    }
}
