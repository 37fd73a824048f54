package io.sealane.accounts;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The few platform threads that compute password hashes, so that no carrier of virtual threads is
/// held and memory stays bounded. They are daemons named `password-hash-N` and end when idle. Safe
/// from any thread.
final class HashThreads {
    private static final Logger LOG = System.getLogger(HashThreads.class.getName());

    /// Long enough for the logins of one burst, short enough to cost an idle server nothing.
    private static final Duration IDLE_MAX = Duration.ofSeconds(30);

    private final ThreadPoolExecutor threads;

    HashThreads(VerificationLimits limits) {
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

    /// Runs `computation` as soon as a thread is free.
    ///
    /// @throws RejectedExecutionException if too many wait already, or after [#shutDown]
    void run(Runnable computation) {
        threads.execute(computation);
    }

    /// Computations that no thread is free for.
    int queued() {
        return threads.getQueue().size();
    }

    boolean isShutDown() {
        return threads.isShutdown();
    }

    /// Takes no more; running computations go on to their end.
    ///
    /// @return those that had not begun and never will
    List<Runnable> shutDown() {
        return threads.shutdownNow();
    }

    private static void logDefect(Thread thread, Throwable defect) {
        LOG.log(Level.ERROR, "thread=" + thread.getName() + " password-hash=failed", defect);
    }
}
