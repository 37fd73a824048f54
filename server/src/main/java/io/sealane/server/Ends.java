package io.sealane.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// How what was started is ended: the last first. For a start that fails half-way as well as for
/// the stop. Belongs to one thread at a time.
final class Ends implements AutoCloseable {
    private final Deque<Runnable> ends = new ArrayDeque<>();

    /// To be done before all that was added earlier.
    void add(Runnable end) {
        ends.push(end);
    }

    /// Once only, also if called again. What fails keeps none of the others from being ended.
    @Override
    public void close() {
        Optional<RuntimeException> failure = Optional.empty();
        while (!ends.isEmpty()) {
            try {
                ends.pop().run();
            } catch (RuntimeException failed) {
                failure.ifPresent(failed::addSuppressed);
                failure = Optional.of(failed);
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
