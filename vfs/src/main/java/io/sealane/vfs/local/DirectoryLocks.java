package io.sealane.vfs.local;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// A lock for each directory, there as long as somebody wants it: what is done under one waits for
/// the disk, and must not keep those waiting that use another. Safe from any thread.
final class DirectoryLocks {
    private final ConcurrentHashMap<Object, Lock> wanted = new ConcurrentHashMap<>();

    /// Waits until nobody else holds the lock of a directory.
    ///
    /// @param directory its file key, which stays if it is renamed
    Held lock(Object directory) {
        Lock lock =
                wanted.compute(
                        directory,
                        (key, there) -> {
                            Lock one = there == null ? new Lock() : there;
                            one.wishes++;
                            return one;
                        });
        lock.lock.lock(); // blocks
        return () -> {
            lock.lock.unlock();
            wanted.computeIfPresent(directory, (key, there) -> --there.wishes == 0 ? null : there);
        };
    }

    /// Gives the lock back.
    @FunctionalInterface
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    private static final class Lock {
        private final ReentrantLock lock = new ReentrantLock();
        private int wishes; // changed while the map holds the key
    }
}
