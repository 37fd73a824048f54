package io.sealane.config;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What may have been meant by an unknown key.
final class KeySuggestion {
    /// Longer words are no typing errors of ours, and comparing them costs their length squared.
    private static final int WORD_CHARS_MAX = 40;

    private KeySuggestion() {}

    /// Completes "is not a known key; ...": the nearest key of the same section, else keys of the
    /// same word elsewhere, else all keys of the section.
    static String of(String section, String word) {
        String meant = word.toLowerCase(Locale.ROOT).replace('_', '-');
        List<Key> here = Key.in(section);
        return here.stream()
                .min(Comparator.comparingInt(key -> distance(key.word(), meant)))
                .filter(key -> isNear(key.word(), meant))
                .map(key -> "did you mean " + key.word() + "?")
                .orElseGet(() -> elsewhere(meant, here));
    }

    private static String elsewhere(String meant, List<Key> here) {
        String others =
                Stream.of(Key.values())
                        .filter(key -> key.word().equals(meant))
                        .map(Key::path)
                        .collect(joining(" or "));
        return others.isEmpty()
                ? "known here: " + here.stream().map(Key::word).collect(joining(", "))
                : "did you mean " + others + "?";
    }

    /// One mistake in three letters is a typing error, more is another word.
    private static boolean isNear(String known, String meant) {
        return distance(known, meant) <= Math.max(1, known.length() / 3);
    }

    /// Letters to insert, delete, replace or swap with their neighbor (Damerau and Levenshtein); a
    /// word too long to compare is far away.
    private static int distance(String one, String other) {
        if (other.length() > WORD_CHARS_MAX) {
            return Integer.MAX_VALUE;
        }
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : fewest(steps, one, i, other, j);
            }
        }
        return steps[one.length()][other.length()];
    }

    private static int fewest(int[][] steps, String one, int i, String other, int j) {
        char mine = one.charAt(i - 1);
        char theirs = other.charAt(j - 1);
        int replaced = steps[i - 1][j - 1] + (mine == theirs ? 0 : 1);
        int fewest = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && mine == other.charAt(j - 2) && theirs == one.charAt(i - 2);
        return swapped ? Math.min(fewest, 1 + steps[i - 2][j - 2]) : fewest;
    }
}
