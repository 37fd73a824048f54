package io.sealane.core.wire;

/// Makes text from outside safe to show: in a log line or in a reply.
public final class Printable {
    /// Longest text shown, in characters; what is behind it tells nobody more.
    static final int LENGTH_MAX = 512;

    /// Stands for what is left out.
    private static final String CUT = "...";

    private Printable() {}

    /// Replaces control characters by `?` and cuts what is longer than [#LENGTH_MAX].
    public static String escape(String text) {
        return escape(text, LENGTH_MAX);
    }

    /// Replaces control characters by `?` and cuts what is longer than `lengthMax`, never between
    /// the two halves of a character.
    static String escape(String text, int lengthMax) {
        String shown = text.length() > lengthMax ? cut(text, lengthMax) + CUT : text;
        if (shown.chars().noneMatch(Character::isISOControl)) {
            return shown;
        }
        StringBuilder clean = new StringBuilder(shown.length());
        shown.chars().forEach(c -> clean.append(Character.isISOControl(c) ? '?' : (char) c));
        return clean.toString();
    }

    private static String cut(String text, int lengthMax) {
        return text.substring(
                0, lengthMax - (Character.isHighSurrogate(text.charAt(lengthMax - 1)) ? 1 : 0));
    }
}
