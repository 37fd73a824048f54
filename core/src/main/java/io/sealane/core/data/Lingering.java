package io.sealane.core.data;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;

/// Data connections that have done their work and are read from until their peers end them. Their
/// session has gone on by then, and may have made many more; so they are counted here, and the
/// eldest has to leave where there is one too many.
///
/// Safe from any thread.
public final class Lingering {
    /// Of one session. A client that does one thing after the other has one or two, those in many
    /// round trips of which it takes long to take the end.
    static final int OF_SESSION_MAX = 16;

    /// Of all, since sessions may come and go faster than what lingers of them.
    static final int OF_ALL_MAX = 4096;

    /// One of them, until it is closed.
    @FunctionalInterface
    interface Stay extends AutoCloseable {
        @Override
        void close();
    }

    private final int max;

    /// Guards the fields below; never held while somebody leaves.
    private final ReentrantLock lock = new ReentrantLock();

    private final SequencedSet<Runnable> present = new LinkedHashSet<>();
    private boolean isClosed;

    private Lingering(int max) {
        this.max = max;
    }

    public static Lingering ofSession() {
        return new Lingering(OF_SESSION_MAX);
    }

    static Lingering ofAll() {
        return new Lingering(OF_ALL_MAX);
    }

    /// Begins a stay.
    ///
    /// @param leave ends the connection, from any thread; another object for each stay
    Stay enter(Runnable leave) {
        Optional<Runnable> eldest = Optional.empty();
        lock.lock();
        try {
            present.add(leave);
            if (present.size() > max || isClosed) {
                eldest = Optional.of(present.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        eldest.ifPresent(Runnable::run);
        return () -> end(leave);
    }

    /// Has all leave, and whoever comes yet. Idempotent.
    void close() {
        List<Runnable> all;
        lock.lock();
        try {
            isClosed = true;
            all = List.copyOf(present);
            present.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(Runnable::run);
    }

    private void end(Runnable leave) {
        lock.lock();
        try {
            present.remove(leave);
        } finally {
            lock.unlock();
        }
    }
}
