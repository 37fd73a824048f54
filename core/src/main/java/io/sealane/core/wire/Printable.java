package io.sealane.core.wire;

import java.util.function.IntPredicate;

/// Makes text from outside safe to show: in a log line or in a reply.
public final class Printable {
    /// Longest text shown, in characters; what is behind it tells nobody more.
    static final int LENGTH_MAX = 512;

    /// Stands for what is left out.
    private static final String CUT = "...";

    private Printable() {}

    /// Replaces control characters by `?` and cuts what is longer than [#LENGTH_MAX].
    public static String escape(String text) {
        return clean(text, LENGTH_MAX, Character::isISOControl);
    }

    /// As [#escape], of another length, and with tabs left in: names may have them, and a path in a
    /// reply is to be used.
    static String line(String text, int lengthMax) {
        return clean(text, lengthMax, c -> c != '\t' && Character.isISOControl(c));
    }

    /// Cuts never between the two halves of a character.
    private static String clean(String text, int lengthMax, IntPredicate control) {
        String shown = text.length() > lengthMax ? cut(text, lengthMax) + CUT : text;
        if (shown.chars().noneMatch(control)) {
            return shown;
        }
        StringBuilder clean = new StringBuilder(shown.length());
        shown.chars().forEach(c -> clean.append(control.test(c) ? '?' : (char) c));
        return clean.toString();
    }

    private static String cut(String text, int lengthMax) {
        return text.substring(
                0, lengthMax - (Character.isHighSurrogate(text.charAt(lengthMax - 1)) ? 1 : 0));
    }
}
