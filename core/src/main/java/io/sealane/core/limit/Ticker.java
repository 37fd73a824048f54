package io.sealane.core.limit;

import java.time.Duration;

/// A clock for durations, which nobody sets: its readings mean nothing but the time between them.
@FunctionalInterface
public interface Ticker {
    /// Nanoseconds since some moment.
    long nanos();

    /// Time since a reading.
    default Duration since(long reading) {
        return Duration.ofNanos(nanos() - reading);
    }

    /// The JDK's.
    static Ticker system() {
        return System::nanoTime;
    }
}
