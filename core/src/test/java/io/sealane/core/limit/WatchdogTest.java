package io.sealane.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WatchdogTest {
    @Test
    void silence_beyond_the_limit_expires_once() throws InterruptedException {
        try (Watchdog watchdog = new Watchdog(Ticker.system(), _ -> {})) {
            CountDownLatch expired = new CountDownLatch(1);
            Watchdog.Watch watch = watchdog.watch(Duration.ofMillis(1), expired::countDown);
            assertThat(expired.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(watch.expired()).isTrue();
        }
    }

    /// The limit is the longest that can be configured, and the test waits for none of it.
    @Test
    void a_limit_passes_by_the_clock_that_was_given() throws InterruptedException {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE); // A reading may overflow.
        Duration limit = Duration.ofDays(7);
        try (Watchdog watchdog = new Watchdog(nanos::get, _ -> {})) {
            CountDownLatch looks = new CountDownLatch(1);
            CountDownLatch expired = new CountDownLatch(1);
            Watchdog.Pulse pulse =
                    () -> {
                        looks.countDown();
                        return false;
                    };
            Watchdog.Watch watch = watchdog.watch(limit, pulse, expired::countDown);

            nanos.addAndGet(limit.toNanos());
            assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(watch.expired()).isFalse();

            nanos.incrementAndGet();
            assertThat(expired.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_closed_watch_never_expires_while_a_later_one_does() throws InterruptedException {
        try (Watchdog watchdog = new Watchdog(Ticker.system(), _ -> {})) {
            CountDownLatch expired = new CountDownLatch(1);
            Watchdog.Watch closed = watchdog.watch(Duration.ofMillis(1), () -> {});
            closed.close();
            try (Watchdog.Watch later = watchdog.watch(Duration.ofMillis(1), expired::countDown)) {
                assertThat(expired.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(later.expired()).isTrue();
            }
            assertThat(closed.expired()).isFalse();
        }
    }

    @Test
    void what_still_beats_does_not_expire() throws InterruptedException {
        try (Watchdog watchdog = new Watchdog(Ticker.system(), _ -> {})) {
            CountDownLatch looks = new CountDownLatch(3 * Watchdog.LOOKS);
            CountDownLatch expired = new CountDownLatch(1);
            Watchdog.Pulse pulse =
                    () -> {
                        looks.countDown();
                        return looks.getCount() > 0;
                    };
            Watchdog.Watch watch =
                    watchdog.watch(Watchdog.TICK.multipliedBy(2), pulse, expired::countDown);
            assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(watch.expired()).isFalse();
            assertThat(expired.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void what_fails_keeps_none_of_the_others_from_its_end() throws InterruptedException {
        CountDownLatch expired = new CountDownLatch(100);
        CountDownLatch tries = new CountDownLatch(300);
        List<Throwable> defects = Collections.synchronizedList(new ArrayList<>());
        try (Watchdog watchdog = new Watchdog(Ticker.system(), defects::add)) {
            for (int number = 0; number < 100; number++) {
                watchdog.watch(
                        Duration.ofMillis(1),
                        () -> {
                            tries.countDown();
                            throw new IllegalStateException("for want of memory, say");
                        });
                watchdog.watch(Duration.ofMillis(50), expired::countDown);
            }
            assertThat(expired.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(tries.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(defects).hasSize(1).hasOnlyElementsOfType(IllegalStateException.class);
    }
}
