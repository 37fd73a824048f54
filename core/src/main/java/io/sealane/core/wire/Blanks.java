package io.sealane.core.wire;

/// Spaces and tabs around what a client says. Any other kind of space, of which Unicode has many,
/// belongs to the name of a file.
public final class Blanks {
    private Blanks() {}

    /// Whether there is nothing else in a text.
    public static boolean only(String text) {
        return behind(text).isEmpty();
    }

    /// The text from its first letter on that is none.
    static String behind(String text) {
        int start = 0;
        while (start < text.length() && is(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    /// The text up to its last letter that is none.
    static String before(String text) {
        int end = text.length();
        while (end > 0 && is(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /// The text between those at its ends.
    public static String between(String text) {
        return behind(before(text));
    }

    private static boolean is(char letter) {
        return letter == ' ' || letter == '\t';
    }
}
