package io.sealane.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RecentTest {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final ManualNanoTime time = new ManualNanoTime();
    private final Recent<Integer, String> recent = new Recent<>(3, LIFETIME, time);

    @Test
    void what_was_never_entered_is_unknown() {
        recent.remember(1, "of " + 1);

        assertThat(recent.find(2)).isEmpty();
    }

    @Test
    void an_entry_is_known_until_its_time_is_over() {
        recent.remember(1, "of " + 1);

        time.advance(LIFETIME.minusNanos(1));
        assertThat(recent.find(1)).contains("of 1");

        time.advance(Duration.ofNanos(1));
        assertThat(recent.find(1)).isEmpty();
        assertThat(recent.count()).isZero();
    }

    @Test
    void use_does_not_prolong_that_time() {
        recent.remember(1, "of " + 1);
        time.advance(LIFETIME.dividedBy(2));
        assertThat(recent.find(1)).contains("of 1");
        time.advance(LIFETIME.dividedBy(2));

        assertThat(recent.find(1)).isEmpty();
    }

    @Test
    void entering_again_begins_the_time_anew() {
        recent.remember(1, "of " + 1);
        recent.remember(2, "of " + 2);
        time.advance(LIFETIME.dividedBy(2));
        recent.remember(1, "of " + 1);
        time.advance(LIFETIME.dividedBy(2));

        assertThat(recent.find(1)).contains("of 1");
        assertThat(recent.find(2)).isEmpty();
    }

    @Test
    void the_oldest_makes_room_when_all_places_are_taken() {
        for (int number = 1; number <= 4; number++) {
            recent.remember(number, "of " + number);
        }

        assertThat(recent.count()).isEqualTo(3);
        assertThat(recent.find(1)).isEmpty();
        assertThat(recent.find(2)).contains("of 2");
        assertThat(recent.find(4)).contains("of 4");
    }

    @Test
    void the_expired_make_room_without_being_asked_for() {
        recent.remember(1, "of " + 1);
        recent.remember(2, "of " + 2);
        time.advance(LIFETIME);
        recent.remember(3, "of " + 3);

        assertThat(recent.count()).isEqualTo(1);
    }
}
