package io.sealane.core.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Several paths in one argument. Between quotes a separator is part of the path, and a quote is
/// doubled, as in 257 (RFC 959 appendix II).
public final class QuotedPaths {
    private QuotedPaths() {}

    /// The paths of `"a b" c`.
    ///
    /// @return empty if a quote is not closed, if a path is empty, or if there is none
    public static Optional<List<String>> partedByBlanks(String argument) {
        return parted(Blanks.between(argument), ' ');
    }

    /// The paths of `a b,"c,d"`; blanks around them are not part of them.
    ///
    /// @return empty if a quote is not closed, if a path is empty, or if there is none
    public static Optional<List<String>> partedByCommas(String argument) {
        return parted(Blanks.between(argument), ',');
    }

    private static Optional<List<String>> parted(String argument, char separator) {
        List<String> paths = new ArrayList<>();
        String rest = argument;
        while (!rest.isEmpty()) {
            int end = endOfFirst(rest, separator);
            String path = end < 0 ? "" : unquoted(Blanks.between(rest.substring(0, end)));
            if (path.isEmpty()) {
                return Optional.empty();
            }
            paths.add(path);
            String behind = rest.substring(end);
            int mark = behind.indexOf(separator);
            if (!Blanks.only(behind.substring(0, mark < 0 ? behind.length() : mark))) {
                return Optional.empty();
            }
            rest = mark < 0 ? "" : Blanks.behind(behind.substring(mark + 1));
        }
        return paths.isEmpty() ? Optional.empty() : Optional.of(paths);
    }

    /// @return -1 if it begins with a quote that is not closed
    private static int endOfFirst(String text, char separator) {
        if (text.charAt(0) == '"') {
            return behindClosingQuote(text);
        }
        int end = text.indexOf(separator);
        return end < 0 ? text.length() : end;
    }

    private static int behindClosingQuote(String text) {
        int quote = text.indexOf('"', 1);
        while (quote >= 0 && text.startsWith("\"", quote + 1)) {
            quote = text.indexOf('"', quote + 2);
        }
        return quote < 0 ? -1 : quote + 1;
    }

    private static String unquoted(String path) {
        return path.startsWith("\"")
                ? path.substring(1, path.length() - 1).replace("\"\"", "\"")
                : path;
    }
}
