package io.sealane.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TotpKeyTest {
    /// Of RFC 6238 appendix B.
    private static final TotpKey KEY =
            TotpKey.of("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /// The six digits are the last ones of the eight there.
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void passwords_are_those_of_the_specification(long second, String password) {
        Instant moment = Instant.ofEpochSecond(second);
        assertThat(KEY.passwordOf(TotpKey.stepOf(moment))).isEqualTo(password);
        assertThat(KEY.stepOf(password, moment)).hasValue(TotpKey.stepOf(moment));
    }

    @Test
    void a_password_is_right_one_step_early_and_one_step_late() {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        long step = TotpKey.stepOf(now);
        for (long near = step - 1; near <= step + 1; near++) {
            assertThat(KEY.stepOf(KEY.passwordOf(near), now)).hasValue(near);
        }
        assertThat(KEY.stepOf(KEY.passwordOf(step - 2), now)).isEmpty();
        assertThat(KEY.stepOf(KEY.passwordOf(step + 2), now)).isEmpty();
        assertThat(KEY.stepOf("", now)).isEmpty();
    }

    @Test
    void a_new_key_is_none_that_was_there() {
        SecureRandom random = new SecureRandom();
        TotpKey key = TotpKey.random(random);
        assertThat(key.expose()).hasSize(TotpKey.OCTETS);
        assertThat(TotpKey.random(random)).isNotEqualTo(key);
        assertThat(TotpKey.of(key.expose())).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(key).hasToString("***");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, TotpKey.OCTETS_MIN - 1, TotpKey.OCTETS_MAX + 1})
    void a_key_of_another_length_is_none(int octets) {
        assertThatThrownBy(() -> TotpKey.of(new byte[octets]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key of " + octets + " octets; allowed: 16 to 64");
    }
}
