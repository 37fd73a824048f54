package io.sealane.core.checksum;

import io.sealane.core.wire.OctetRange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Checksums that were computed, the least recently used of which are forgotten. Safe from any
/// thread; the lock is held for a few instructions.
///
/// It is as right as the store's revisions are. A local file's has its change time in it, which no
/// user can set, so a file that was written to and given its old modification time back is another
/// revision. What remains: a host that sets its clock back and in the same instant of it writes as
/// many octets to the same file; and a program that has the file mapped into memory and whose
/// writing the file system has not noted yet.
final class RememberedChecksums {
    /// @param owner whose store: revisions are unique within one store alone
    record Key(String owner, String revision, HashAlgorithm algorithm, OctetRange range) {}

    private static final float LOAD_FACTOR = 0.75f;
    private static final int CAPACITY_FIRST = 64;

    private final int checksumsMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, String> checksums =
            new LinkedHashMap<>(CAPACITY_FIRST, LOAD_FACTOR, true);

    RememberedChecksums(int checksumsMax) {
        this.checksumsMax = checksumsMax;
    }

    Optional<String> find(Key key) {
        lock.lock();
        try {
            return Optional.ofNullable(checksums.get(key));
        } finally {
            lock.unlock();
        }
    }

    void put(Key key, String checksum) {
        lock.lock();
        try {
            checksums.put(key, checksum);
            if (checksums.size() > checksumsMax) {
                checksums.remove(checksums.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }
}
