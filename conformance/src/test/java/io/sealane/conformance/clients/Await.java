package io.sealane.conformance.clients;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits for what another process does.
final class Await {
    private static final Duration POLL = Duration.ofMillis(5);

    private Await() {}

    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    /// Returns once the condition holds.
    ///
    /// @throws AssertionError naming `what`, if it does not in time
    static void until(String what, Duration patience, Condition condition) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (deadline - System.nanoTime() <= 0) {
                throw new AssertionError("not within " + patience + ": " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
