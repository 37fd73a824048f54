package io.sealane.accounts;

/// What came of an authentication.
public sealed interface AuthResult {
    record Accepted(Account account) implements AuthResult {}

    /// @param reason for the log alone; the wire hears one text for all
    record Refused(Reason reason) implements AuthResult {}

    enum Reason {
        UNKNOWN_USER(Fault.OF_CLIENT),
        BAD_SECRET(Fault.OF_CLIENT),
        DISABLED(Fault.OF_CLIENT),
        /// The password is right, and the account has to be shown a one-time password, too.
        ONE_TIME_PASSWORD_MISSING(Fault.OF_CLIENT),
        ONE_TIME_PASSWORD_WRONG(Fault.OF_CLIENT),
        /// Somebody has come with that one already.
        ONE_TIME_PASSWORD_USED(Fault.OF_CLIENT),
        /// Too many wrong ones came with the right password: for some minutes none is looked at.
        ONE_TIME_PASSWORD_GUESSED(Fault.OF_CLIENT),
        /// The accounts could not be read, or hashing has ended.
        UNAVAILABLE(Fault.OF_SERVER),
        /// Too many passwords wait to be verified; the same login may succeed later.
        OVERLOADED(Fault.OF_SERVER),
        /// The calling thread was interrupted while it waited; its interrupt status is set.
        INTERRUPTED(Fault.OF_SERVER);

        private final Fault fault;

        Reason(Fault fault) {
            this.fault = fault;
        }

        public Fault fault() {
            return fault;
        }
    }

    /// Whose fault a refusal is.
    enum Fault {
        /// Counts as a try, and is told in the same words whatever it was.
        OF_CLIENT,
        /// The client may have been right.
        OF_SERVER
    }
}
