package io.sealane.core.wire;

import java.util.List;

/// A command as a client sent it: a known verb and the text behind it, not yet parsed.
///
/// @param argument text behind the first space, exactly as sent; empty if there was none
public record CommandLine(Verb verb, String argument) {
    private static final String HIDDEN = " ***";

    private static final List<String> PASSWORD_WORDS = List.of("PASS", "PSWD");

    private static final int PASSWORD_BEGINNING = 4;

    public boolean hasArgument() {
        return !argument.isEmpty();
    }

    /// The beginning of a line that is no command, for a log: what could be a password that was
    /// typed wrong is not in it.
    static String printableWord(String word) {
        return beginsLikePassword(word)
                ? word.substring(0, PASSWORD_BEGINNING) + HIDDEN
                : Printable.escape(word);
    }

    /// PASS, and PSWD, by which some servers have a password changed.
    private static boolean beginsLikePassword(String text) {
        return PASSWORD_WORDS.stream()
                .anyMatch(word -> text.regionMatches(true, 0, word, 0, PASSWORD_BEGINNING));
    }

    /// The line for a log: passwords are never in it.
    public String printable() {
        if (verb == Verb.PASS || verb == Verb.ACCT) {
            return verb.name() + HIDDEN;
        }
        if (verb == Verb.SITE && beginsLikePassword(argument)) {
            return "SITE " + argument.substring(0, PASSWORD_BEGINNING) + HIDDEN;
        }
        return hasArgument() ? verb.name() + " " + Printable.escape(argument) : verb.name();
    }
}
