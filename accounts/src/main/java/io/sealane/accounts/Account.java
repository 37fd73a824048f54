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
/// @param secondFactor what a password alone does not do
public record Account(
        UserName name,
        boolean enabled,
        Optional<Path> home,
        String tlsDemands,
        long number,
        SecondFactor secondFactor) {
    /// What has to be shown beside the password.
    public enum SecondFactor {
        NONE,
        /// See [TotpKey].
        ONE_TIME_PASSWORD
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    /// A password alone opens it.
    public Account(
            UserName name, boolean enabled, Optional<Path> home, String tlsDemands, long number) {
        this(name, enabled, home, tlsDemands, number, SecondFactor.NONE);
    }

    /// Without a number of its own, too: it is taken for any other such account of its name.
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
        return new Account(name, changed, home, tlsDemands, number, secondFactor);
    }

    public Account withHome(Optional<Path> changed) {
        return new Account(name, enabled, changed, tlsDemands, number, secondFactor);
    }

    public Account withTlsDemands(String changed) {
        return new Account(name, enabled, home, changed, number, secondFactor);
    }

    Account withSecondFactor(SecondFactor changed) {
        return new Account(name, enabled, home, tlsDemands, number, changed);
    }
}
