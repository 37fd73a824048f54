package io.sealane.accounts;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.crypto.SecretKey;

/// Compares passwords with stored hashes, hashing as seldom as possible: a match is remembered for
/// a time, and callers that ask the same at the same time share one computation. Safe from any
/// thread; [#verify] blocks.
///
/// A match is remembered under the stored hash among others, so it ends with a change of the
/// password. What differs is never remembered: each wrong guess costs a hash.
///
/// `lock` guards `verified`, `flights` and the flights' `passengers`; it is held for map operations
/// only, never while hashing or waiting.
final class CredentialCache implements AutoCloseable {
    private final PasswordHash passwords;
    private final SecretKey key;
    private final HashThreads threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Recent<Fingerprint, Verdict> verified;

    /// Bounded by the hash threads and their queue: a flight is here only while it is in those.
    private final Map<Fingerprint, Flight> flights = new HashMap<>();

    /// @param key random, and of this process alone
    /// @param nanoTime a clock such as [System#nanoTime]
    CredentialCache(
            PasswordHash passwords,
            VerificationLimits limits,
            SecretKey key,
            LongSupplier nanoTime) {
        this.passwords = passwords;
        this.key = key;
        this.threads = new HashThreads(limits);
        Duration lifetime = limits.verifiedFor();
        this.verified = new Recent<>(limits.verifiedMax(), lifetime, nanoTime);
    }

    /// Compares; blocks until the hash is computed. `secret` stays the caller's.
    ///
    /// @param from whose turn the hash waits for
    Verdict verify(Claim claim, Secret secret, InetAddress from) {
        Fingerprint fingerprint = Fingerprint.of(claim, secret, key);
        Flight flight;
        boolean first = false;
        lock.lock();
        try {
            Optional<Verdict> known = verified.find(fingerprint);
            if (known.isPresent()) {
                return known.get();
            }
            Flight running = flights.get(fingerprint);
            if (running == null) {
                running = new Flight(fingerprint, claim.encoded(), secret.copy());
                flights.put(fingerprint, running);
                first = true;
            }
            flight = running;
            flight.passengers++;
        } finally {
            lock.unlock();
        }
        if (first) {
            launch(flight, from);
        }
        return flight.await(); // blocks
    }

    /// Compares as [#verify] does, but remembers no match and finds none: it takes a hash's time
    /// whether the password is right or not. For those who are to learn that together with
    /// something else alone.
    Verdict verifyAnew(Claim claim, Secret secret, InetAddress from) {
        Fingerprint fingerprint = Fingerprint.of(claim, secret, key);
        Flight flight = new Flight(fingerprint, claim.encoded(), secret.copy());
        launch(flight, from);
        return flight.await(); // blocks
    }

    /// Callers of [#verify] whose hash is being computed or waits for a thread, those that gave up
    /// included.
    int waiting() {
        lock.lock();
        try {
            return flights.values().stream().mapToInt(flight -> flight.passengers).sum();
        } finally {
            lock.unlock();
        }
    }

    /// Hashes that wait for a thread.
    int queued() {
        return threads.queued();
    }

    /// Forgets everything and turns those away whose hash has not begun.
    @Override
    public void close() {
        for (Runnable grounded : threads.shutDown()) {
            ((Flight) grounded).land(Verdict.UNAVAILABLE);
        }
        lock.lock();
        try {
            verified.clear();
        } finally {
            lock.unlock();
        }
    }

    private void launch(Flight flight, InetAddress from) {
        boolean launched = false;
        try {
            Optional<Runnable> gaveWay = threads.run(from, flight);
            launched = true;
            gaveWay.ifPresent(grounded -> ((Flight) grounded).land(Verdict.OVERLOADED));
        } catch (RejectedExecutionException _) {
            // Landed below.
        } finally {
            // Also where no thread could be started, which is an Error: nobody may wait forever.
            if (!launched) {
                flight.land(Verdict.UNAVAILABLE);
            }
        }
    }

    /// One computation and all who wait for it.
    private final class Flight implements Runnable {
        private final Fingerprint fingerprint;
        private final String encoded;

        /// A copy of its own: whoever came first may give up and wipe theirs, others still wait.
        private final Secret secret;

        private final CountDownLatch landed = new CountDownLatch(1);

        /// Written once, before `landed` opens.
        private Verdict verdict = Verdict.UNAVAILABLE;

        private int passengers;

        Flight(Fingerprint fingerprint, String encoded, Secret secret) {
            this.fingerprint = fingerprint;
            this.encoded = encoded;
            this.secret = secret;
        }

        @Override
        public void run() {
            Verdict outcome = Verdict.UNAVAILABLE;
            try {
                outcome = passwords.verify(secret, encoded) ? Verdict.MATCHES : Verdict.DIFFERS;
            } finally {
                land(outcome); // also where the hash function has a defect, which its thread logs
            }
        }

        /// Ends the flight: from here on, callers find a remembered match or begin a new flight.
        void land(Verdict outcome) {
            lock.lock();
            try {
                boolean isShared = flights.remove(fingerprint, this);
                if (isShared && outcome == Verdict.MATCHES && !threads.isShutDown()) {
                    verified.remember(fingerprint, outcome);
                }
            } finally {
                lock.unlock();
            }
            secret.close();
            verdict = outcome;
            landed.countDown();
        }

        Verdict await() {
            try {
                landed.await();
                return verdict;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Verdict.INTERRUPTED;
            }
        }
    }
}
