package io.sealane.accounts;

/// What came of comparing a password with a stored hash.
enum Verdict {
    MATCHES,
    DIFFERS,
    /// Too many hashes wait already; nothing was computed.
    OVERLOADED,
    /// The waiting thread was interrupted; its interrupt status is set again.
    INTERRUPTED,
    /// Nothing was computed because the server shuts down, or the hash function failed.
    UNAVAILABLE
}
