package io.sealane.core.command;

import io.sealane.accounts.Authenticator;
import io.sealane.core.session.SessionState.Member;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Looks now and then whether the account of a session that is logged in is still one that may
/// enter. Belongs to the session's thread.
final class AccountWatch {
    /// How long a removed or disabled account's session goes on at most, if it says something; so
    /// often a busy session asks the accounts, which takes them some ten microseconds.
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Authenticator accounts;
    private final InstantSource clock;
    private Optional<Instant> next = Optional.empty();

    AccountWatch(Authenticator accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /// Whether the session has to end. Blocks where it is time to look.
    boolean hasEnded(Member member) {
        Instant now = clock.instant();
        if (next.isPresent() && now.isBefore(next.get())) {
            return false;
        }
        boolean first = next.isEmpty();
        next = Optional.of(now.plus(INTERVAL));
        return !first && accounts.isShutOut(member.account().name().text());
    }
}
