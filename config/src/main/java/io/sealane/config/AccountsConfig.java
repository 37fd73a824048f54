package io.sealane.config;

import java.time.Duration;

/// User accounts.
///
/// @param oneTimePasswordGrace for how long a client address that has shown a one-time password
///   need not show another, zero to 1 day; zero: each login takes a new one
public record AccountsConfig(AccountsDatabase database, Duration oneTimePasswordGrace) {
    /// Clients open connections as their transfers need them, and have nobody type for each.
    public static final Duration ONE_TIME_PASSWORD_GRACE_DEFAULT = Duration.ofMinutes(15);

    static final Bounds<Duration> ONE_TIME_PASSWORD_GRACE =
            new Bounds<>(Duration.ZERO, Duration.ofDays(1));

    public AccountsConfig {
        ONE_TIME_PASSWORD_GRACE.require("oneTimePasswordGrace", oneTimePasswordGrace);
    }
}
