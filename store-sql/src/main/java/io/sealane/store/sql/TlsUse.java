package io.sealane.store.sql;

import java.time.Instant;
import java.util.Set;

/// How often one kind of session was seen: the same account, client software and listener, with the
/// same TLS.
///
/// @param dataResumed data connections by TLS that resumed their control connection's session
/// @param dataFull data connections by TLS with a full handshake
/// @param dataClear data connections in the clear
/// @param wouldRefuse rules by which a policy that was tried would have refused it
/// @param lastSeen to the second
public record TlsUse(
        Kind kind,
        long sessions,
        long dataResumed,
        long dataFull,
        long dataClear,
        Set<String> wouldRefuse,
        Instant lastSeen) {
    /// What tells one kind of session from another.
    ///
    /// @param user account; `-` where nobody was logged in
    /// @param client what the client calls itself; `-` if it did not say
    /// @param mode `plain`, `explicit` or `implicit`; with `+ccc` behind it where TLS was left
    /// @param version `TLSv1.3`; `-` in the clear
    /// @param cipher suite; `-` in the clear
    /// @param group key exchange; `-` in the clear and where it is not known
    public record Kind(
            String user,
            String client,
            String listener,
            String mode,
            String version,
            String cipher,
            String group) {}

    public TlsUse {
        wouldRefuse = Set.copyOf(wouldRefuse);
    }
}
