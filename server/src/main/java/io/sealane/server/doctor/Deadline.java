package io.sealane.server.doctor;

import java.net.SocketTimeoutException;
import java.time.Duration;

/// A moment by which something has to be over.
///
/// @param nanos by [System#nanoTime]
record Deadline(long nanos) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    /// The sooner of the two.
    Deadline orSooner(Deadline other) {
        return other.nanos - nanos < 0 ? other : this;
    }

    boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }

    /// Milliseconds that are left, 1 at least.
    ///
    /// @throws SocketTimeoutException if none are
    int millisLeft() throws SocketTimeoutException {
        long left = nanos - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) Math.min(Integer.MAX_VALUE, left / NANOS_PER_MILLI + 1);
    }
}
