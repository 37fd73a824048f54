package io.sealane.accounts;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The few platform threads that compute password hashes, so that no carrier of virtual threads is
/// held and memory stays bounded. They are daemons named `password-hash-N` and end when idle. Safe
/// from any thread.
///
/// Security: addresses take turns, or whoever guesses from one or some would keep all others from
/// logging in. A host with IPv6 has a /64 of them at least (RFC 6177), which counts as one.
final class HashThreads {
    private static final Logger LOG = System.getLogger(HashThreads.class.getName());

    /// Long enough for the logins of one burst, short enough to cost an idle server nothing.
    private static final Duration IDLE_MAX = Duration.ofSeconds(30);

    private static final int IPV6_NETWORK_OCTETS = 8;

    /// Runs [#runNext] as often as there is something waiting, which bounds its queue, too.
    private final ThreadPoolExecutor threads;

    private final ReentrantLock lock = new ReentrantLock(); // guards waiting
    private final FairQueue<ByteBuffer, Runnable> waiting;

    HashThreads(VerificationLimits limits) {
        waiting = new FairQueue<>(limits.hashesWaitingMax());
        threads =
                new ThreadPoolExecutor(
                        limits.hashThreads(),
                        limits.hashThreads(),
                        IDLE_MAX.toNanos(),
                        TimeUnit.NANOSECONDS,
                        new ArrayBlockingQueue<>(limits.hashesWaitingMax()),
                        Thread.ofPlatform()
                                .name("password-hash-", 1)
                                .daemon()
                                .uncaughtExceptionHandler(HashThreads::logDefect)
                                .factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// Runs `computation` as soon as a thread is free and it is the turn of its address.
    ///
    /// @return what never runs where too many wait: this one, or one of an address that has more
    /// @throws RejectedExecutionException after [#shutDown]
    Optional<Runnable> run(InetAddress from, Runnable computation) {
        ByteBuffer origin = originOf(from);
        lock.lock();
        try {
            Optional<Runnable> gaveWay = waiting.add(origin, computation);
            if (gaveWay.isEmpty()) {
                start(origin);
            }
            return gaveWay;
        } finally {
            lock.unlock();
        }
    }

    /// Has a thread look for what was added last. Where none can be started, which is an Error,
    /// that is taken back.
    private void start(ByteBuffer origin) {
        boolean started = false;
        try {
            threads.execute(this::runNext);
            started = true;
        } finally {
            if (!started) {
                waiting.removeLast(origin);
            }
        }
    }

    private void runNext() {
        Optional<Runnable> next;
        lock.lock();
        try {
            next = waiting.poll();
        } finally {
            lock.unlock();
        }
        next.ifPresent(Runnable::run);
    }

    private static ByteBuffer originOf(InetAddress from) {
        byte[] octets = from.getAddress();
        return ByteBuffer.wrap(octets, 0, Math.min(octets.length, IPV6_NETWORK_OCTETS));
    }

    /// Computations that no thread is free for.
    int queued() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isShutDown() {
        return threads.isShutdown();
    }

    /// Takes no more; running computations go on to their end.
    ///
    /// @return those that had not begun and never will
    List<Runnable> shutDown() {
        threads.shutdownNow();
        lock.lock();
        try {
            return waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    private static void logDefect(Thread thread, Throwable defect) {
        LOG.log(Level.ERROR, "thread=" + thread.getName() + " password-hash=failed", defect);
    }
}
