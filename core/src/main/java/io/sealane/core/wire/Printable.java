package io.sealane.core.wire;

/// Makes text from outside safe to show: in a log line or in a reply.
public final class Printable {
    /// Longest text shown, in characters; what is behind it tells nobody more.
    static final int LENGTH_MAX = 512;

    private Printable() {}

    /// Replaces control characters by `?` and cuts what is too long.
    public static String escape(String text) {
        String shown = text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) + "..." : text;
        if (shown.chars().noneMatch(Character::isISOControl)) {
            return shown;
        }
        StringBuilder clean = new StringBuilder(shown.length());
        shown.chars().forEach(c -> clean.append(Character.isISOControl(c) ? '?' : (char) c));
        return clean.toString();
    }
}
