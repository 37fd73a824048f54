package io.sealane.core.session;

import io.sealane.core.limit.Limits;
import io.sealane.core.limit.Ticker;
import io.sealane.core.wire.Reply;
import java.time.Duration;

/// How long a client may say nothing: before its login in all, after it at a stretch. Belongs to
/// whoever has the turn.
final class Silence {
    /// The end of a session whose client was silent for too long.
    record Verdict(Reply reply, Ending ending) {}

    /// When a silent session is looked after: each such look takes a thread and asks for its
    /// account.
    private static final Duration LOOK_INTERVAL_MAX = Duration.ofSeconds(30);

    /// Looks within the time that it may be silent, where that is short.
    private static final int LOOKS = 4;

    private final Limits limits;
    private final Ticker ticker;
    private final long startedNanos;
    private long visitorSinceNanos;
    private long brokenNanos;

    Silence(Limits limits, Ticker ticker) {
        this.limits = limits;
        this.ticker = ticker;
        startedNanos = ticker.nanos();
        visitorSinceNanos = startedNanos;
        brokenNanos = startedNanos;
    }

    /// Something was heard, or something that ran has ended.
    void broken() {
        brokenNanos = ticker.nanos();
    }

    /// The client has to log in again.
    void startedAnew() {
        visitorSinceNanos = ticker.nanos();
    }

    /// How long it may still go on.
    Duration left(SessionState state) {
        long since =
                switch (state) {
                    case SessionState.Visitor visitor -> visitorSinceNanos;
                    case SessionState.Member member -> brokenNanos;
                };
        Duration left = limit(state).minus(ticker.since(since));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /// How long until somebody should look after it: it has no time left then, or its account has
    /// ended.
    Duration nextLook(SessionState state) {
        Duration left = left(state);
        return switch (state) {
            case SessionState.Visitor visitor -> left;
            case SessionState.Member member -> {
                long interval = limit(state).toNanos() / LOOKS;
                long look = Math.min(interval, LOOK_INTERVAL_MAX.toNanos());
                yield look < left.toNanos() ? Duration.ofNanos(look) : left;
            }
        };
    }

    Verdict verdict(SessionState state) {
        String words = limit(state).toSeconds() + " seconds";
        return switch (state) {
            case SessionState.Visitor visitor ->
                    new Verdict(Reply.loginTooSlow(words), Ending.Known.LOGIN_TIMEOUT);
            case SessionState.Member member ->
                    new Verdict(Reply.idleTooLong(words), Ending.Known.IDLE_TIMEOUT);
        };
    }

    Duration sinceStart() {
        return ticker.since(startedNanos);
    }

    private Duration limit(SessionState state) {
        return switch (state) {
            case SessionState.Visitor visitor -> limits.login();
            case SessionState.Member member -> member.settings().idle().orElse(limits.idle());
        };
    }
}
