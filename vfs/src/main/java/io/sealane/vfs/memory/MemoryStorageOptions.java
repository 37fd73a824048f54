package io.sealane.vfs.memory;

import java.time.Duration;
import java.time.InstantSource;

/// The limits of a [MemoryStorage]. Immutable.
///
/// @param bytesMax published, kept and in progress together; beyond it is `STORE_FULL`
/// @param partialKeptFor how long a broken upload can be continued
/// @param clock gives files their times and tells the age of kept partials
public record MemoryStorageOptions(long bytesMax, Duration partialKeptFor, InstantSource clock) {
    /// Half a gibibyte, and partials kept for a day.
    public static final MemoryStorageOptions DEFAULTS =
            new MemoryStorageOptions(1L << 29, Duration.ofHours(24), InstantSource.system());

    public MemoryStorageOptions {
        if (bytesMax < 0 || partialKeptFor.isNegative()) {
            throw new IllegalArgumentException("negative limit");
        }
    }

    public MemoryStorageOptions withBytesMax(long newBytesMax) {
        return new MemoryStorageOptions(newBytesMax, partialKeptFor, clock);
    }

    public MemoryStorageOptions withClock(InstantSource newClock) {
        return new MemoryStorageOptions(bytesMax, partialKeptFor, newClock);
    }
}
