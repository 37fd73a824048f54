package io.sealane.core.work;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/// How many works of a kind may be under way at once, in the whole server. Safe from any thread.
public final class Places {
    private final Semaphore free;

    public Places(int placesMax) {
        free = new Semaphore(placesMax);
    }

    /// Takes a place, without waiting for one: who would wait holds a thread.
    ///
    /// @return empty if all are taken
    public Optional<Place> take() {
        return free.tryAcquire() ? Optional.of(new Place()) : Optional.empty();
    }

    /// One place, given back when closed. Belongs to the work that took it; closed once.
    public final class Place implements AutoCloseable {
        private Place() {}

        @Override
        public void close() {
            free.release();
        }
    }
}
