package io.sealane.core.limit;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Counts sessions in all, by client address and by user, and admits no more than the limits. Its
/// maps hold only who is here now, so their size is bounded by the number of sessions.
///
/// Safe from any thread; one lock, never held while anything blocks.
public final class SessionPermits {
    private final int sessionsMax;
    private final int perAddressMax;
    private final int perUserMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private final Map<String, Integer> byUser = new HashMap<>();
    private int sessions;

    public SessionPermits(int sessionsMax, int perAddressMax, int perUserMax) {
        this.sessionsMax = sessionsMax;
        this.perAddressMax = perAddressMax;
        this.perUserMax = perUserMax;
    }

    /// What [#enter] found.
    public sealed interface Entrance {
        record Admitted(Permit permit) implements Entrance {}

        record Full() implements Entrance {}

        record AddressFull(int limit) implements Entrance {}
    }

    /// Asks for one more session from `address`.
    public Entrance enter(InetAddress address) {
        lock.lock();
        try {
            if (sessions >= sessionsMax) {
                return new Entrance.Full();
            }
            if (byAddress.getOrDefault(address, 0) >= perAddressMax) {
                return new Entrance.AddressFull(perAddressMax);
            }
            sessions++;
            byAddress.merge(address, 1, Integer::sum);
            return new Entrance.Admitted(new Permit(address));
        } finally {
            lock.unlock();
        }
    }

    public int sessions() {
        lock.lock();
        try {
            return sessions;
        } finally {
            lock.unlock();
        }
    }

    /// One session's place. Owned by the session; everything is given back exactly once.
    public final class Permit implements AutoCloseable {
        private final InetAddress address;
        private Optional<String> user = Optional.empty();
        private boolean closed;

        private Permit(InetAddress address) {
            this.address = address;
        }

        /// Counts the session as one of `name`'s.
        ///
        /// @return false if that user has as many as allowed; nothing has changed then
        public boolean becomeUser(String name) {
            lock.lock();
            try {
                if (byUser.getOrDefault(name, 0) >= perUserMax) {
                    return false;
                }
                user.ifPresent(old -> decrement(byUser, old));
                user = Optional.of(name);
                byUser.merge(name, 1, Integer::sum);
                return true;
            } finally {
                lock.unlock();
            }
        }

        /// No longer counts the session as any user's.
        public void leaveUser() {
            lock.lock();
            try {
                user.ifPresent(old -> decrement(byUser, old));
                user = Optional.empty();
            } finally {
                lock.unlock();
            }
        }

        /// Gives the place back. Idempotent.
        @Override
        public void close() {
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                closed = true;
                sessions--;
                decrement(byAddress, address);
                user.ifPresent(name -> decrement(byUser, name));
            } finally {
                lock.unlock();
            }
        }
    }

    private static <K> void decrement(Map<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
    }
}
