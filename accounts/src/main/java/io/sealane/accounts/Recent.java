package io.sealane.accounts;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// A bounded map whose entries are each remembered for a fixed time. Not safe for several threads:
/// its owner guards it.
///
/// Since use does not prolong that time, the order of entry is the order of expiry too.
final class Recent<K, V> {
    private record Entered<V>(V value, long at) {}

    private final int countMax;
    private final long lifetimeNanos;
    private final LongSupplier nanoTime;
    private final Map<K, Entered<V>> entries = new LinkedHashMap<>();

    /// @param countMax most entries; another one drives the oldest out
    /// @param nanoTime a clock such as [System#nanoTime]
    Recent(int countMax, Duration lifetime, LongSupplier nanoTime) {
        this.countMax = countMax;
        this.lifetimeNanos = lifetime.toNanos();
        this.nanoTime = nanoTime;
    }

    void remember(K key, V value) {
        long now = nanoTime.getAsLong();
        forgetExpired(now);
        entries.remove(key);
        if (entries.size() == countMax) {
            forgetOldest();
        }
        entries.put(key, new Entered<>(value, now));
    }

    Optional<V> find(K key) {
        forgetExpired(nanoTime.getAsLong());
        return Optional.ofNullable(entries.get(key)).map(Entered::value);
    }

    int count() {
        return entries.size();
    }

    void clear() {
        entries.clear();
    }

    private void forgetExpired(long now) {
        Iterator<Entered<V>> oldestFirst = entries.values().iterator();
        while (oldestFirst.hasNext() && now - oldestFirst.next().at >= lifetimeNanos) {
            oldestFirst.remove();
        }
    }

    private void forgetOldest() {
        Iterator<Entered<V>> oldestFirst = entries.values().iterator();
        oldestFirst.next();
        oldestFirst.remove();
    }
}
