package io.sealane.core.wire;

/// The argument of LIST and NLST without the options in the manner of `ls`, which RFC 959 does not
/// know and clients have sent for thirty years. None of them changes what is listed.
public final class ListArgument {
    private ListArgument() {}

    /// Takes leading words like `-al` off.
    ///
    /// @return the path; empty for the current directory
    public static String withoutOptions(String argument) {
        String rest = argument;
        while (isOption(firstWord(rest))) {
            rest = withoutBlanks(rest.substring(firstWord(rest).length()));
        }
        return rest;
    }

    private static String firstWord(String text) {
        int space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space);
    }

    /// Blanks alone: a name may begin with any other kind of space.
    private static String withoutBlanks(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        return text.substring(start);
    }

    private static boolean isOption(String word) {
        return word.length() > 1
                && word.charAt(0) == '-'
                && word.chars().skip(1).allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
    }
}
