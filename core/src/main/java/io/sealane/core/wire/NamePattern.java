package io.sealane.core.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A pattern for names, as a shell has them: `*` is any run of characters, `?` any one, `[a-z]` one
/// of these, `[!a-z]` and `[^a-z]` one that is none of these, and a backslash takes the next
/// character as it stands. A bracket that is never closed stands for itself. Immutable.
///
/// Characters are Unicode code points; letter case counts.
public final class NamePattern {
    /// Longest pattern in characters. Names have 255 octets at most, so a longer one without `*`
    /// matches nothing. Bounds a match together with that: 65,025 steps.
    static final int LENGTH_MAX = 255;

    private static final String SPECIAL = "*?[\\";

    /// A part of a pattern.
    private sealed interface Part {
        record Run() implements Part {}

        record AnyOne() implements Part {}

        record Literal(int character) implements Part {}

        record OneOf(List<Range> ranges, boolean negated) implements Part {}
    }

    private record Range(int first, int last) {}

    private final Part[] parts;
    private final boolean startsWithDot;

    private NamePattern(List<Part> parts) {
        this.parts = parts.toArray(Part[]::new);
        this.startsWithDot =
                !parts.isEmpty() && parts.getFirst() instanceof Part.Literal(int c) && c == '.';
    }

    /// Reads `text`, a name without slashes.
    ///
    /// @return empty if it is too long, or no pattern but a plain name
    public static Optional<NamePattern> parse(String text) {
        if (text.length() > LENGTH_MAX || text.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0)) {
            return Optional.empty();
        }
        return Optional.of(new NamePattern(parts(text.codePoints().toArray())));
    }

    /// Whether it asks for a dot at the beginning.
    public boolean startsWithDot() {
        return startsWithDot;
    }

    /// Matches by going back to the last `*` alone, which is enough: what an earlier one could take
    /// more, the last one can take as well. So the work is the product of both lengths at most, and
    /// not exponential.
    public boolean matches(String name) {
        int part = 0;
        int at = 0;
        int behindRun = -1;
        int runEnd = 0;
        while (at < name.length()) {
            int character = name.codePointAt(at);
            if (part < parts.length && parts[part] instanceof Part.Run) {
                behindRun = ++part;
                runEnd = at;
            } else if (part < parts.length && accepts(parts[part], character)) {
                part++;
                at += Character.charCount(character);
            } else if (behindRun >= 0) {
                runEnd += Character.charCount(name.codePointAt(runEnd));
                at = runEnd;
                part = behindRun;
            } else {
                return false;
            }
        }
        while (part < parts.length && parts[part] instanceof Part.Run) {
            part++;
        }
        return part == parts.length;
    }

    private static boolean accepts(Part part, int character) {
        return switch (part) {
            case Part.Run() -> false;
            case Part.AnyOne() -> true;
            case Part.Literal(int expected) -> character == expected;
            case Part.OneOf(List<Range> ranges, boolean negated) -> {
                boolean found = false;
                for (Range range : ranges) {
                    found |= range.first <= character && character <= range.last;
                }
                yield found != negated;
            }
        };
    }

    private static List<Part> parts(int[] text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length) {
            int end = text[at] == '[' ? endOfBracket(text, at) : -1;
            switch (text[at]) {
                case '*' -> parts.add(new Part.Run());
                case '?' -> parts.add(new Part.AnyOne());
                case '\\' -> parts.add(new Part.Literal(text[at + 1 < text.length ? ++at : at]));
                case '[' -> {
                    parts.add(end < 0 ? new Part.Literal('[') : bracket(text, at + 1, end));
                    at = Math.max(at, end);
                }
                default -> parts.add(new Part.Literal(text[at]));
            }
            at++;
        }
        return parts;
    }

    /// Finds the bracket that closes the one at `start`; one that comes first in it is a character
    /// like others.
    ///
    /// @return -1 if there is none
    private static int endOfBracket(int[] text, int start) {
        int at = start + 1;
        if (at < text.length && isNegation(text[at])) {
            at++;
        }
        for (int first = at; at < text.length; at++) {
            if (text[at] == ']' && at > first) {
                return at;
            }
            if (text[at] == '\\') {
                at++;
            }
        }
        return -1;
    }

    private static Part bracket(int[] text, int start, int end) {
        boolean negated = isNegation(text[start]);
        List<Range> ranges = new ArrayList<>();
        int at = negated ? start + 1 : start;
        while (at < end) {
            at += text[at] == '\\' ? 1 : 0;
            int first = text[at++];
            int last = first;
            if (at + 1 < end && text[at] == '-') {
                at += text[at + 1] == '\\' ? 2 : 1;
                last = text[at++];
            }
            ranges.add(new Range(first, last));
        }
        return new Part.OneOf(ranges, negated);
    }

    private static boolean isNegation(int character) {
        return character == '!' || character == '^';
    }
}
