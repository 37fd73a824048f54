package io.sealane.core.wire;

import java.util.regex.Pattern;

/// A command as a client sent it: a known verb and the text behind it, not yet parsed.
///
/// @param argument text behind the first space, exactly as sent; empty if there was none
public record CommandLine(Verb verb, String argument) {
    private static final String HIDDEN = " ***";

    /// PASS, and PSWD, by which some servers have a password changed.
    private static final Pattern PASSWORD = Pattern.compile("PASS|PSWD", Pattern.CASE_INSENSITIVE);

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

    private static boolean beginsLikePassword(String text) {
        return PASSWORD.matcher(text).lookingAt();
    }

    /// The line for a log: passwords are never in it.
    public String printable() {
        if (verb == Verb.PASS || verb == Verb.ACCT) {
            return verb.name() + HIDDEN;
        }
        if (verb == Verb.SITE && beginsLikePassword(argument.stripLeading())) {
            return "SITE " + argument.stripLeading().substring(0, PASSWORD_BEGINNING) + HIDDEN;
        }
        return hasArgument() ? verb.name() + " " + Printable.escape(argument) : verb.name();
    }
}
