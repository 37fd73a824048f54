package io.sealane.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Patterns in which `...` stands for any characters of one line, and a line that is `...` alone
/// for any number of whole lines.
final class Glob {
    private static final String ANYTHING = "...";

    private Glob() {}

    static boolean matches(String pattern, String line) {
        return Pattern.matches(lineExpression(pattern), line);
    }

    static boolean matchesLines(List<String> patterns, List<String> lines) {
        String expression =
                patterns.stream()
                        .map(pattern ->
                                pattern.equals(ANYTHING)
                                        ? "(?:[^\n]*\n)*"
                                        : lineExpression(pattern) + "\n")
                        .collect(Collectors.joining());
        String text = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        return Pattern.matches(expression, text);
    }

    private static String lineExpression(String pattern) {
        return Arrays.stream(pattern.split(Pattern.quote(ANYTHING), -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[^\n]*"));
    }
}
