package io.sealane.core.transfer;

import io.sealane.core.data.DataConnection;
import io.sealane.core.limit.Ticker;
import java.time.Duration;
import java.util.OptionalLong;

/// How the peer takes what was written. The system takes megabytes ahead of a slow peer: a write
/// that waits, and one that is long over, say nothing of whether it still reads. Belongs to the
/// watchdog's thread.
final class Delivery {
    private final DataConnection data;
    private final Duration patience;
    private final Ticker ticker;
    private OptionalLong previous = OptionalLong.empty();
    private long movedNanos;

    /// @param patience with a peer that takes nothing of what waits for it
    Delivery(DataConnection data, Duration patience, Ticker ticker) {
        this.data = data;
        this.patience = patience;
        this.ticker = ticker;
        this.movedNanos = ticker.nanos();
    }

    /// Whether the peer took something since this was asked last, and nothing was written since.
    boolean moved() {
        OptionalLong now = data.unacknowledged();
        boolean moved =
                now.isPresent() && previous.isPresent() && now.getAsLong() < previous.getAsLong();
        previous = now;
        if (moved) {
            movedNanos = ticker.nanos();
        }
        return moved;
    }

    /// Whether the peer is still to take something and may yet do so.
    boolean isUnderWay() {
        boolean moved = moved();
        return previous.orElse(0) > 0
                && (moved || ticker.since(movedNanos).compareTo(patience) < 0);
    }
}
