package io.sealane.conformance;

import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Keeps every event, for tests to look at. Safe from any thread.
final class RecordingSink implements EventSink {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long POLL_NANOS = 1_000_000;

    private final List<Event> events = new CopyOnWriteArrayList<>();

    @Override
    public void accept(Event event) {
        events.add(event);
    }

    <E extends Event> List<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// Waits for the first event of a kind.
    <E extends Event> E await(Class<E> kind) {
        return await(kind, every -> true);
    }

    /// Waits for the first event of a kind that is as wanted.
    <E extends Event> E await(Class<E> kind, Predicate<E> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<E> first = all(kind).stream().filter(wanted).findFirst();
            if (first.isPresent()) {
                return first.get();
            }
            if (deadline - System.nanoTime() < 0) {
                throw new AssertionError("no " + kind.getSimpleName() + " among " + events);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public String toString() {
        return events.toString();
    }
}
