package io.sealane.accounts;

import java.nio.file.Path;
import java.util.Optional;

/// A user who may enter.
///
/// @param home host folder that is the user's `/`; empty: the mounts of the configuration decide
/// @param tlsDemands what the account demands of TLS beyond what the server does, in words that the
///   server understands; empty: nothing
public record Account(UserName name, boolean enabled, Optional<Path> home, String tlsDemands) {
    /// Without demands.
    public Account(UserName name, boolean enabled, Optional<Path> home) {
        this(name, enabled, home, "");
    }

    /// The account, which may enter or not.
    public Account withEnabled(boolean changed) {
        return new Account(name, changed, home, tlsDemands);
    }

    public Account withHome(Optional<Path> changed) {
        return new Account(name, enabled, changed, tlsDemands);
    }

    public Account withTlsDemands(String changed) {
        return new Account(name, enabled, home, changed);
    }
}
