package io.sealane.server.doctor;

import java.util.List;
import java.util.OptionalInt;

/// What a server says to a [CraftedHello].
sealed interface ServerAnswer {
    /// It goes on.
    ///
    /// @param version as the number on the wire
    /// @param group of the key exchange, also of a HelloRetryRequest
    /// @param dhBits size of the prime, where finite-field Diffie-Hellman is used before TLS 1.3
    /// @param chain certificates as DER, before TLS 1.3
    record Accepted(
            int version,
            int suite,
            Round round,
            OptionalInt group,
            OptionalInt dhBits,
            List<byte[]> chain)
            implements ServerAnswer {}

    /// Whether the client's key share was used.
    enum Round {
        FIRST,
        /// A HelloRetryRequest: the client has to send another key share.
        AGAIN
    }

    /// A fatal alert.
    ///
    /// @param code RFC 8446 section 6
    record Refused(int code) implements ServerAnswer {}

    /// The connection ended without a word.
    record Hung() implements ServerAnswer {}

    /// Something that is no TLS.
    record Foreign() implements ServerAnswer {}
}
