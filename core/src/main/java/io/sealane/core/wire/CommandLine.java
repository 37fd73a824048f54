package io.sealane.core.wire;

/// A command as a client sent it: a known verb and the text behind it, not yet parsed.
///
/// @param argument text behind the first space, exactly as sent; empty if there was none
public record CommandLine(Verb verb, String argument) {
    public boolean hasArgument() {
        return !argument.isEmpty();
    }

    /// The line for a log: passwords are never in it.
    public String printable() {
        if (verb == Verb.PASS || verb == Verb.ACCT) {
            return verb.name() + " ***";
        }
        return hasArgument() ? verb.name() + " " + Printable.escape(argument) : verb.name();
    }
}
