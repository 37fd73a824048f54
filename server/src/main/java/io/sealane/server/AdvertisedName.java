package io.sealane.server;

import io.sealane.core.limit.Ticker;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One DNS name and its IPv4 address. The answer is used for [#ANSWER_KEPT], then looked up again
/// by whoever needs it next; while that takes, and where it fails, the old answer serves.
///
/// A lookup is a native call without an end that one could rely on, so it has a platform thread of
/// its own, one at a time, and sessions wait for it [#PATIENCE] at most: the one that began it, and
/// others only while there is no answer at all.
///
/// Safe from any thread.
final class AdvertisedName {
    /// How long an answer is used. The JDK keeps answers for another 30 seconds, so a changed
    /// record counts within a minute.
    static final Duration ANSWER_KEPT = Duration.ofSeconds(30);

    /// How long PASV waits. Resolvers ask again after five seconds; clients wait longer than two.
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /// Asks the name service.
    @FunctionalInterface
    interface Resolver {
        InetAddress[] lookUp(String name) throws UnknownHostException;
    }

    private final String name;
    private final Resolver resolver;
    private final Ticker ticker;
    private final Consumer<String> onFailure;

    /// Guards the three fields below; never held during I/O.
    private final ReentrantLock lock = new ReentrantLock();

    private Optional<Inet4Address> answer = Optional.empty();
    private Optional<Long> askedNanos = Optional.empty();
    private Optional<CountDownLatch> asking = Optional.empty();

    /// @param onFailure told the cause of each lookup that failed
    AdvertisedName(String name, Resolver resolver, Ticker ticker, Consumer<String> onFailure) {
        this.name = name;
        this.resolver = resolver;
        this.ticker = ticker;
        this.onFailure = onFailure;
    }

    /// The address as far as it is known. May wait up to [#PATIENCE].
    ///
    /// @return empty if the name has never had one
    Optional<Inet4Address> address() {
        Optional<CountDownLatch> due;
        lock.lock();
        try {
            if (isFresh() || (asking.isPresent() && answer.isPresent())) {
                return answer;
            }
            due = asking.isPresent() ? asking : Optional.of(ask());
        } finally {
            lock.unlock();
        }
        due.ifPresent(AdvertisedName::await);
        lock.lock();
        try {
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFresh() {
        return askedNanos
                .filter(asked -> ticker.nanos() - asked < ANSWER_KEPT.toNanos())
                .isPresent();
    }

    private CountDownLatch ask() {
        CountDownLatch answered = new CountDownLatch(1);
        asking = Optional.of(answered);
        Thread.ofPlatform()
                .name("lookup-" + name)
                .daemon(true)
                .start(() -> {
                    try {
                        settle(lookUp());
                    } finally {
                        answered.countDown();
                    }
                });
        return answered;
    }

    private Optional<Inet4Address> lookUp() {
        try {
            Optional<Inet4Address> found =
                    Stream.of(resolver.lookUp(name)) // blocks
                            .filter(Inet4Address.class::isInstance)
                            .map(Inet4Address.class::cast)
                            .findFirst();
            if (found.isEmpty()) {
                onFailure.accept("it has no IPv4 address");
            }
            return found;
        } catch (UnknownHostException unknown) {
            onFailure.accept(String.valueOf(unknown.getMessage()));
            return Optional.empty();
        }
    }

    private void settle(Optional<Inet4Address> found) {
        lock.lock();
        try {
            answer = found.or(() -> answer);
            askedNanos = Optional.of(ticker.nanos());
            asking = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private static void await(CountDownLatch answered) {
        try {
            boolean _ = answered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS); // blocks
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
