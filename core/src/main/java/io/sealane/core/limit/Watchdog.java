package io.sealane.core.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Ends what makes no progress: blocking reads and writes have no time limit of their own, so one
/// daemon thread looks at every watched piece of work a few times a second and runs the expiry
/// action of those that were silent for too long (it closes their channel, which wakes them).
///
/// Safe from any thread. Expiry comes up to [#TICK] late.
public final class Watchdog implements AutoCloseable {
    /// How often it looks. The shortest limit that can be configured is one of 100 ms, the others
    /// are seconds.
    static final Duration TICK = Duration.ofMillis(100);

    /// Between two defects that are told: what fails is tried at each look.
    private static final Duration TELL_INTERVAL = Duration.ofMinutes(1);

    /// Looks at a pulse within a limit.
    static final int LOOKS = 4;

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Ticker ticker;
    private final Consumer<Throwable> onDefect;
    private final Sparingly defectsTold;
    private final List<Watch> failed = new ArrayList<>(); // of the watchdog's thread
    private final Thread thread;
    private volatile boolean closed;

    /// @param onDefect told of what an expiry or a pulse throws, not each time; it is tried again
    ///   at the next look, and the others are watched on
    public Watchdog(Ticker ticker, Consumer<Throwable> onDefect) {
        this.ticker = ticker;
        this.onDefect = onDefect;
        this.defectsTold = new Sparingly(TELL_INTERVAL, ticker);
        thread = Thread.ofPlatform().name("watchdog").daemon(true).start(this::run);
    }

    /// The clock that limits are measured by.
    public Ticker ticker() {
        return ticker;
    }

    /// Begins to watch.
    ///
    /// @param limit longest time between two calls of [Watch#progress]
    /// @param expire run once, on the watchdog's thread, when the limit has passed; must be quick
    public Watch watch(Duration limit, Runnable expire) {
        return watch(limit, Pulse.NONE, expire);
    }

    /// Begins to watch work of which a part goes on by itself.
    ///
    /// @param pulse asked on the watchdog's thread, [#LOOKS] times in a limit without progress;
    ///   must be quick
    public Watch watch(Duration limit, Pulse pulse, Runnable expire) {
        Watch watch = new Watch(limit.toNanos(), pulse, expire);
        watches.add(watch);
        return watch;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, TICK.toNanos());
            try {
                round();
            } catch (RuntimeException | Error defect) {
                tell(defect);
            }
        }
    }

    /// What failed is watched again from the next round on: this one would come to it again and
    /// again.
    private void round() {
        while (!failed.isEmpty()) {
            failed.getLast().tryAgain();
            failed.removeLast();
        }
        long now = ticker.nanos();
        for (Watch watch : watches) {
            try {
                watch.lookAt(now);
            } catch (RuntimeException | Error defect) {
                watch.expired.set(false);
                failed.add(watch);
                tell(defect);
            }
        }
    }

    private void tell(Throwable defect) {
        try {
            if (defectsTold.isDue()) {
                onDefect.accept(defect);
            }
        } catch (RuntimeException | Error untold) {
            defect.addSuppressed(untold); // Nobody is left to tell, and there is more to watch.
        }
    }

    /// Tells of progress that the work itself cannot see.
    @FunctionalInterface
    public interface Pulse {
        Pulse NONE = () -> false;

        /// Whether something moved since the last call; that counts as [Watch#progress].
        boolean beats();
    }

    /// One watched piece of work.
    public final class Watch implements AutoCloseable {
        private volatile long limitNanos;
        private final Pulse pulse;
        private final Runnable expire;
        private final AtomicBoolean expired = new AtomicBoolean();
        private volatile long progressNanos = ticker.nanos();
        private volatile boolean isClosed;
        private int looks; // in this silence; of the watchdog's thread

        private Watch(long limitNanos, Pulse pulse, Runnable expire) {
            this.limitNanos = limitNanos;
            this.pulse = pulse;
            this.expire = expire;
        }

        /// Notes that something moved.
        public void progress() {
            progressNanos = ticker.nanos();
        }

        /// Begins anew with another limit, also behind an expiry. By the one thread that the expiry
        /// tells, which may still be told of the old limit's and then calls this again.
        public void restart(Duration limit) {
            limitNanos = limit.toNanos();
            progress();
            if (expired.compareAndSet(true, false)) {
                watches.add(this);
            }
        }

        /// Whether the limit passed; what the work then failed with is only the consequence.
        public boolean expired() {
            return expired.get();
        }

        /// Ends the watching. Idempotent.
        @Override
        public void close() {
            isClosed = true;
            watches.remove(this);
        }

        private void lookAt(long now) {
            long silentNanos = now - progressNanos;
            int due = (int) Math.min(LOOKS, silentNanos / Math.max(1, limitNanos / LOOKS));
            if (due < looks) {
                looks = 0;
            }
            if (due > looks) {
                looks = due;
                if (pulse.beats()) {
                    looks = 0;
                    progress();
                    return;
                }
            }
            if (silentNanos > limitNanos && watches.remove(this)) {
                expired.set(true);
                expire.run();
            }
        }

        private void tryAgain() {
            watches.add(this);
            if (isClosed) {
                watches.remove(this);
            }
        }
    }
}
