package io.sealane.accounts;

/// Makes and checks password hashes: slow and hungry for memory on purpose. Safe from any thread; a
/// call computes for tens of milliseconds and holds its carrier meanwhile, so a server calls
/// [#verify] through [StoredAccountAuthenticator], which bounds how many run at once.
public interface PasswordHash {
    /// Hashes a new password under a salt of its own. `secret` stays the caller's.
    ///
    /// @return text that names the algorithm, its parameters and the salt; to be stored
    String hash(Secret secret);

    /// Whether `encoded` was made from `secret`. Total: text that this class cannot read, or whose
    /// parameters are out of bounds, matches nothing, after the work of a [#decoy].
    boolean verify(Secret secret, String encoded);

    /// A hash that no password matches and that costs as much to verify as a new one from [#hash];
    /// what is verified where there is nothing to verify. Quick: nothing is hashed.
    String decoy();
}
