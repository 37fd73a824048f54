package io.sealane.accounts;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Decides whether a name and a password belong together. Implementations answer an unknown name
/// and a wrong password after the same work, with the same result.
public interface Authenticator {
    /// Verifies a password; blocks for as long as the hash takes. `secret` stays the caller's.
    ///
    /// @param from the client's address, for throttling and the log
    AuthResult authenticate(String name, Secret secret, InetAddress from);

    /// What accounts demand of TLS, in words that the server understands; none of them where
    /// nothing is demanded beyond what the server does.
    ///
    /// @param own of the account of that name; empty if nobody may enter by it
    /// @param others of all accounts that demand something, each once: a name that nobody has is
    ///   refused if one of them is, so that it is not told from it
    record TlsDemands(Optional<String> own, List<String> others) {
        public static final TlsDemands NONE = new TlsDemands(Optional.empty(), List.of());

        public TlsDemands {
            others = List.copyOf(others);
        }
    }

    /// What `name` demands of TLS. Asked where the password would travel in the clear, before it
    /// does.
    ///
    /// @return empty if that cannot be told now
    default Optional<TlsDemands> tlsDemands(String name) {
        return Optional.of(TlsDemands.NONE);
    }

    /// Whether a login as `name` takes a one-time password beside the password, so that a client
    /// may be told to ask its user for one. Known to strangers, where it is told.
    ///
    /// @param from the client's address: it may have shown one a moment ago
    default boolean asksForOneTimePassword(String name, InetAddress from) {
        return false;
    }

    /// Says whether somebody who has proven to be `name` without a password (by a client
    /// certificate) may enter: the account has to be there, and enabled. What knows passwords alone
    /// lets nobody in this way.
    ///
    /// @param from the client's address, for throttling and the log
    default AuthResult authorize(String name, InetAddress from) {
        return new AuthResult.Refused(AuthResult.Reason.UNKNOWN_USER);
    }

    /// Whether whoever entered as `account` could not enter as that now: it is gone, disabled, or
    /// another one, be it with another home. Where that cannot be told now, nothing has changed.
    /// Blocks.
    default boolean isShutOut(Account account) {
        return false;
    }
}
