package io.sealane.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class VerificationLimitsTest {
    @Test
    void the_defaults_are_these() {
        assertThat(VerificationLimits.forProcessors(8))
                .isEqualTo(new VerificationLimits(4, 256, 10_000, Duration.ofMinutes(5)));
    }

    @Test
    void one_thread_hashes_even_on_one_processor() {
        assertThat(VerificationLimits.forProcessors(1).hashThreads()).isEqualTo(1);
        assertThat(VerificationLimits.forProcessors(2).hashThreads()).isEqualTo(1);
    }

    @Test
    void values_out_of_bounds_are_named() {
        Duration minute = Duration.ofMinutes(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationLimits(0, 1, 1, minute))
                .withMessageContaining("hashThreads=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationLimits(1, 0, 1, minute))
                .withMessageContaining("hashesWaitingMax=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationLimits(1, 1, -1, minute))
                .withMessageContaining("verifiedMax=-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationLimits(1, 1, 1, Duration.ZERO))
                .withMessageContaining("verifiedFor=PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationLimits(1, 1, 1, Duration.ofDays(2)))
                .withMessageContaining("verifiedFor=PT48H");
    }
}
