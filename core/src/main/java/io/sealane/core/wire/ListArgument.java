package io.sealane.core.wire;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/// The argument of LIST, NLST and STAT: options in the manner of `ls`, which RFC 959 does not know
/// and clients have sent for thirty years, and a path. Immutable.
///
/// @param path empty for the current directory
public record ListArgument(Set<Option> options, String path) {
    /// Most words taken for options; no client sends more than three. Each costs a look at the
    /// store.
    private static final int OPTION_WORDS_MAX = 8;

    private static final String END_OF_OPTIONS = "--";

    /// What an option asks for. Any other letter is passed over: `-l`, `-1`, `-F`, `-h` and their
    /// like are about the form of a line, which is fixed, and `-L` is about following links, which
    /// the store's own rule decides.
    public enum Option {
        /// `-a`, `-A`: show names that begin with a dot.
        HIDDEN_FILES,
        /// `-d`: show a directory itself, not what is in it.
        DIRECTORY_ITSELF,
        /// `-R`: go on into directories.
        RECURSIVE,
        /// `-t`: the latest first.
        BY_TIME,
        /// `-S`: the largest first.
        BY_SIZE,
        /// `-r`: the other way round.
        REVERSED
    }

    public ListArgument {
        options = Set.copyOf(options);
    }

    /// Takes leading words like `-al` off, up to `--` if it comes.
    ///
    /// @param exists whether something of that very name is there: then it is a path, whatever it
    ///   looks like. Asked for what begins with a hyphen or a blank alone.
    public static ListArgument parse(String argument, Predicate<String> exists) {
        Set<Option> options = EnumSet.noneOf(Option.class);
        String rest = argument;
        for (int words = 0; words < OPTION_WORDS_MAX; words++) {
            String word = firstWord(rest);
            if (!isOption(word) || exists.test(rest)) {
                break;
            }
            rest = rest.substring(Math.min(rest.length(), word.length() + 1));
            if (rest.startsWith(" ") && !exists.test(rest)) {
                rest = Blanks.behind(rest);
            }
            if (word.equals(END_OF_OPTIONS)) {
                break;
            }
            word.chars().forEach(letter -> add(letter, options));
        }
        boolean nothing = Blanks.only(rest) && (rest.isEmpty() || !exists.test(rest));
        return new ListArgument(options, nothing ? "" : rest);
    }

    public boolean has(Option option) {
        return options.contains(option);
    }

    private static String firstWord(String text) {
        int space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space);
    }

    private static boolean isOption(String word) {
        return word.equals(END_OF_OPTIONS)
                || (word.length() > 1
                        && word.charAt(0) == '-'
                        && word.chars().skip(1).allMatch(ListArgument::isLetterOrDigit));
    }

    private static boolean isLetterOrDigit(int c) {
        return c < 128 && Character.isLetterOrDigit(c);
    }

    private static void add(int letter, Set<Option> options) {
        switch (letter) {
            case 'a', 'A' -> options.add(Option.HIDDEN_FILES);
            case 'd' -> options.add(Option.DIRECTORY_ITSELF);
            case 'R' -> options.add(Option.RECURSIVE);
            case 't' -> options.add(Option.BY_TIME);
            case 'S' -> options.add(Option.BY_SIZE);
            case 'r' -> options.add(Option.REVERSED);
            default -> {}
        }
    }
}
