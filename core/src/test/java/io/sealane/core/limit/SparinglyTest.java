package io.sealane.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SparinglyTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void what_goes_on_is_told_at_once_and_then_once_in_an_interval() {
        AtomicLong nanos = new AtomicLong();
        Sparingly told = new Sparingly(MINUTE, nanos::get);
        assertThat(told.isDue()).isTrue();
        assertThat(told.isDue()).isFalse();

        nanos.addAndGet(MINUTE.toNanos());
        assertThat(told.isDue()).isFalse();
        nanos.incrementAndGet();
        assertThat(told.isDue()).isTrue();
        assertThat(told.isDue()).isFalse();
    }
}
