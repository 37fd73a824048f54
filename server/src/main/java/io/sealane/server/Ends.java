package io.sealane.server;

import java.util.ArrayDeque;
import java.util.Deque;

/// How what was started is ended: the last first. For a start that fails half-way as well as for
/// the stop. Belongs to one thread at a time.
final class Ends implements AutoCloseable {
    private final Deque<Runnable> ends = new ArrayDeque<>();

    /// To be done before all that was added earlier.
    void add(Runnable end) {
        ends.push(end);
    }

    /// Once only, also if called again.
    @Override
    public void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }
}
