package io.sealane.core.transfer;

import io.sealane.core.limit.Watchdog;
import org.jspecify.annotations.Nullable;

/// How far a transfer has come. Written by its thread, read by anybody.
final class Progress {
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

    boolean isStopped() {
        return stopped;
    }

    void moved(long more) {
        soFar += more;
        bytes = soFar;
        if (watch != null) {
            watch.progress();
        }
    }
}
