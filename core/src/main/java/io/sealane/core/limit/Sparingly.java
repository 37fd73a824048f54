package io.sealane.core.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Lets be told once in a while what would else be told again and again, as long as something is
/// out of order. Safe from any thread.
public final class Sparingly {
    private final long intervalNanos;
    private final Ticker ticker;
    private final AtomicLong toldNanos;

    /// @param interval between two times
    public Sparingly(Duration interval, Ticker ticker) {
        this.intervalNanos = interval.toNanos();
        this.ticker = ticker;
        this.toldNanos = new AtomicLong(ticker.nanos() - 2 * intervalNanos);
    }

    /// Whether it is to be told now; who is told so tells.
    public boolean isDue() {
        long now = ticker.nanos();
        long last = toldNanos.get();
        return now - last > intervalNanos && toldNanos.compareAndSet(last, now);
    }
}
