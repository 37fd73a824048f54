package io.sealane.core.command;

import io.sealane.accounts.Authenticator;
import io.sealane.core.session.SessionState.Member;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Looks now and then whether the account of a session that is logged in is still one that may
/// enter. Belongs to whoever has the session's turn.
final class AccountWatch {
    /// For so long after a look a session goes on without another, which takes some ten
    /// microseconds: the longest that a removed or disabled account is served.
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Authenticator accounts;
    private final InstantSource clock;
    private Instant last = Instant.MIN;

    /// What a look came to stays so: it may have been one that did not end the session yet.
    private boolean isOver;

    AccountWatch(Authenticator accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /// Somebody logged in: his account was looked at.
    void begin() {
        last = clock.instant();
        isOver = false;
    }

    /// Whether the session has to end. Blocks where it is time to look.
    boolean hasEnded(Member member) {
        Instant now = clock.instant();
        boolean isSetBack = now.isBefore(last);
        if (!isOver && (isSetBack || Duration.between(last, now).compareTo(INTERVAL) >= 0)) {
            last = now;
            isOver = accounts.isShutOut(member.account());
        }
        return isOver;
    }
}
