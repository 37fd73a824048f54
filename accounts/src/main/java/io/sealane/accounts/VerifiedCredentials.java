package io.sealane.accounts;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// A bounded set of fingerprints, each remembered for a fixed time. Not safe for several threads:
/// [CredentialCache] guards it.
///
/// Since use does not prolong that time, the order of entry is the order of expiry too.
final class VerifiedCredentials {
    private final int countMax;
    private final long lifetimeNanos;
    private final LongSupplier nanoTime;
    private final Map<Fingerprint, Long> enteredAt = new LinkedHashMap<>();

    VerifiedCredentials(int countMax, Duration lifetime, LongSupplier nanoTime) {
        this.countMax = countMax;
        this.lifetimeNanos = lifetime.toNanos();
        this.nanoTime = nanoTime;
    }

    void remember(Fingerprint fingerprint) {
        long now = nanoTime.getAsLong();
        forgetExpired(now);
        enteredAt.remove(fingerprint);
        if (enteredAt.size() == countMax) {
            forgetOldest();
        }
        enteredAt.put(fingerprint, now);
    }

    boolean knows(Fingerprint fingerprint) {
        forgetExpired(nanoTime.getAsLong());
        return enteredAt.containsKey(fingerprint);
    }

    int count() {
        return enteredAt.size();
    }

    void clear() {
        enteredAt.clear();
    }

    private void forgetExpired(long now) {
        Iterator<Long> oldestFirst = enteredAt.values().iterator();
        while (oldestFirst.hasNext() && now - oldestFirst.next() >= lifetimeNanos) {
            oldestFirst.remove();
        }
    }

    private void forgetOldest() {
        Iterator<Long> oldestFirst = enteredAt.values().iterator();
        oldestFirst.next();
        oldestFirst.remove();
    }
}
