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
        /// The accounts could not be read, or hashing has ended; not the client's fault.
        UNAVAILABLE,
        /// Too many passwords wait to be verified; the same login may succeed later.
        OVERLOADED,
        /// The calling thread was interrupted while it waited; its interrupt status is set.
        INTERRUPTED
    }
}
