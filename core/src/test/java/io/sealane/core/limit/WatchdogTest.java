package io.sealane.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WatchdogTest {
    @Test
    void silence_beyond_the_limit_expires_once() throws InterruptedException {
        try (Watchdog watchdog = new Watchdog()) {
            CountDownLatch expired = new CountDownLatch(1);
            Watchdog.Watch watch = watchdog.watch(Duration.ofMillis(1), expired::countDown);
            assertThat(expired.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(watch.expired()).isTrue();
        }
    }

    @Test
    void a_closed_watch_never_expires_while_a_later_one_does() throws InterruptedException {
        try (Watchdog watchdog = new Watchdog()) {
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
}
