package io.sealane.accounts;

import java.net.InetAddress;

/// Decides whether a name and a password belong together. Implementations answer an unknown name
/// and a wrong password after the same work, with the same result.
public interface Authenticator {
    /// Verifies a password; blocks for as long as the hash takes. `secret` stays the caller's.
    ///
    /// @param from the client's address, for throttling and the log
    AuthResult authenticate(String name, Secret secret, InetAddress from);
}
