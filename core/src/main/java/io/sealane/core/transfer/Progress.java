package io.sealane.core.transfer;

import io.sealane.core.limit.Watchdog;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// How far a transfer has come. Written by its thread, read by anybody.
final class Progress {
    private static final long REST_NANOS = 1_000;

    private long soFar;

    /// What others see of `soFar`, which only the transfer's thread touches.
    private volatile long bytes;

    private volatile boolean stopped;

    private Watchdog.@Nullable Watch watch;

    void watchedBy(Watchdog.Watch stall) {
        watch = stall;
        stall.progress();
    }

    long bytes() {
        return bytes;
    }

    /// Says that it is to end. From any thread.
    void stop() {
        stopped = true;
    }

    /// Gives others their turn.
    ///
    /// Measured: two listings that yielded froze every other virtual thread on two processors.
    /// Those who wait for a socket come in from outside the scheduler, which looks there only when
    /// a carrier has nothing left; with this they wait a few milliseconds.
    void rest() {
        LockSupport.parkNanos(this, REST_NANOS);
    }

    /// Rests where there was nothing to send. A listing that looks at much and shows little is no
    /// stalled one, and writes nothing by which it would notice its end.
    ///
    /// @throws AsynchronousCloseException after [#stop]
    void pause() throws AsynchronousCloseException {
        moved(0);
        rest();
        if (stopped) {
            throw new AsynchronousCloseException();
        }
    }

    void moved(long more) {
        soFar += more;
        bytes = soFar;
        if (watch != null) {
            watch.progress();
        }
    }
}
