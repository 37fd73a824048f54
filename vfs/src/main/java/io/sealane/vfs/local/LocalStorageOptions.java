package io.sealane.vfs.local;

import java.time.Duration;
import java.time.InstantSource;

/// How a [LocalStorage] keeps what it receives. Immutable.
///
/// @param durability what is on the disk by the time an upload is published
/// @param partialKeptFor how long a broken upload can be continued
/// @param ownerKey the account that kept partials belong to: only stores opened with the same key
///   continue them
/// @param clock tells the age of kept partials
public record LocalStorageOptions(
        Durability durability, Duration partialKeptFor, String ownerKey, InstantSource clock) {
    public static final Duration PARTIAL_KEPT_FOR_DEFAULT = Duration.ofHours(24);

    public enum Durability {
        /// Content and name survive a power failure.
        FSYNC,
        /// Handed to the operating system, which writes it when it likes.
        FLUSH
    }

    public LocalStorageOptions {
        if (partialKeptFor.isNegative()) {
            throw new IllegalArgumentException("partialKeptFor is negative: " + partialKeptFor);
        }
    }

    /// The defaults: durable, partials kept for 24 hours.
    public static LocalStorageOptions ownedBy(String ownerKey) {
        return new LocalStorageOptions(
                Durability.FSYNC, PARTIAL_KEPT_FOR_DEFAULT, ownerKey, InstantSource.system());
    }

    public LocalStorageOptions withDurability(Durability newDurability) {
        return new LocalStorageOptions(newDurability, partialKeptFor, ownerKey, clock);
    }

    public LocalStorageOptions withPartialKeptFor(Duration newPartialKeptFor) {
        return new LocalStorageOptions(durability, newPartialKeptFor, ownerKey, clock);
    }

    public LocalStorageOptions withClock(InstantSource newClock) {
        return new LocalStorageOptions(durability, partialKeptFor, ownerKey, newClock);
    }
}
