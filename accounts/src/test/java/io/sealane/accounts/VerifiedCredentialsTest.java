package io.sealane.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class VerifiedCredentialsTest {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final ManualNanoTime time = new ManualNanoTime();
    private final VerifiedCredentials verified = new VerifiedCredentials(3, LIFETIME, time);

    @Test
    void what_was_never_entered_is_unknown() {
        verified.remember(print(1));

        assertThat(verified.knows(print(2))).isFalse();
    }

    @Test
    void a_credential_is_known_until_its_time_is_over() {
        verified.remember(print(1));

        time.advance(LIFETIME.minusNanos(1));
        assertThat(verified.knows(print(1))).isTrue();

        time.advance(Duration.ofNanos(1));
        assertThat(verified.knows(print(1))).isFalse();
        assertThat(verified.count()).isZero();
    }

    @Test
    void use_does_not_prolong_that_time() {
        verified.remember(print(1));
        time.advance(LIFETIME.dividedBy(2));
        assertThat(verified.knows(print(1))).isTrue();
        time.advance(LIFETIME.dividedBy(2));

        assertThat(verified.knows(print(1))).isFalse();
    }

    @Test
    void entering_again_begins_the_time_anew() {
        verified.remember(print(1));
        verified.remember(print(2));
        time.advance(LIFETIME.dividedBy(2));
        verified.remember(print(1));
        time.advance(LIFETIME.dividedBy(2));

        assertThat(verified.knows(print(1))).isTrue();
        assertThat(verified.knows(print(2))).isFalse();
    }

    @Test
    void the_oldest_makes_room_when_all_places_are_taken() {
        for (int number = 1; number <= 4; number++) {
            verified.remember(print(number));
        }

        assertThat(verified.count()).isEqualTo(3);
        assertThat(verified.knows(print(1))).isFalse();
        assertThat(verified.knows(print(2))).isTrue();
        assertThat(verified.knows(print(4))).isTrue();
    }

    @Test
    void the_expired_make_room_without_being_asked_for() {
        verified.remember(print(1));
        verified.remember(print(2));
        time.advance(LIFETIME);
        verified.remember(print(3));

        assertThat(verified.count()).isEqualTo(1);
    }

    private static Fingerprint print(long number) {
        return new Fingerprint(number, 0, 0, 0);
    }
}
