package io.sealane.accounts;

/// What came of an authentication.
public sealed interface AuthResult {
    record Accepted(Account account) implements AuthResult {}

    /// @param reason for the log alone; the wire hears one text for all
    record Refused(Reason reason) implements AuthResult {}

    enum Reason {
        UNKNOWN_USER,
        BAD_SECRET,
        DISABLED,
        /// The password is right, and the account has to be shown a one-time password, too.
        ONE_TIME_PASSWORD_MISSING,
        ONE_TIME_PASSWORD_WRONG,
        /// Somebody has come with that one already.
        ONE_TIME_PASSWORD_USED,
        /// Too many wrong ones came with the right password: for some minutes none is looked at.
        ONE_TIME_PASSWORD_GUESSED,
        /// The accounts could not be read, or hashing has ended; not the client's fault.
        UNAVAILABLE,
        /// Too many passwords wait to be verified; the same login may succeed later.
        OVERLOADED,
        /// The calling thread was interrupted while it waited; its interrupt status is set.
        INTERRUPTED
    }
}
