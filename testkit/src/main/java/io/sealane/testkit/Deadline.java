package io.sealane.testkit;

import java.time.Duration;

/// A moment of [System#nanoTime()] until which several reads together may take.
record Deadline(long nanoTime, Duration budget) {
    static Deadline in(Duration budget) {
        return new Deadline(System.nanoTime() + budget.toNanos(), budget);
    }

    boolean isOver() {
        return nanoTime - System.nanoTime() <= 0;
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /// At least 1, since a socket takes 0 for "for ever".
    int socketMillis() {
        return Math.clamp(remaining().toMillis() + 1, 1, Integer.MAX_VALUE);
    }
}
