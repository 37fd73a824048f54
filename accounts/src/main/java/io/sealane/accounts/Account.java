package io.sealane.accounts;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/// A user who may enter.
///
/// @param home host folder that is the user's `/`; empty: the mounts of the configuration decide
/// @param tlsDemands what the account demands of TLS beyond what the server does, in words that the
///   server understands; empty: nothing
/// @param number tells it from one of the same name that was removed; see [#newNumber]
public record Account(
        UserName name, boolean enabled, Optional<Path> home, String tlsDemands, long number) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Without a number of its own: it is taken for any other such account of its name.
    public Account(UserName name, boolean enabled, Optional<Path> home, String tlsDemands) {
        this(name, enabled, home, tlsDemands, 0);
    }

    /// Without demands, too.
    public Account(UserName name, boolean enabled, Optional<Path> home) {
        this(name, enabled, home, "");
    }

    /// A number for a new account, which no other has.
    public static long newNumber() {
        return RANDOM.nextLong();
    }

    /// The account, which may enter or not.
    public Account withEnabled(boolean changed) {
        return new Account(name, changed, home, tlsDemands, number);
    }

    public Account withHome(Optional<Path> changed) {
        return new Account(name, enabled, changed, tlsDemands, number);
    }

    public Account withTlsDemands(String changed) {
        return new Account(name, enabled, home, changed, number);
    }
}
