package io.sealane.vfs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time that passes when a test says so. Starts now, since host files are stamped by the host.
/// Advanced by one thread, read by any.
public final class ManualClock implements InstantSource {
    private volatile Instant now = Instant.now();

    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
