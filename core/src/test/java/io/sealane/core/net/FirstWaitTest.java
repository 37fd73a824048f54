package io.sealane.core.net;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class FirstWaitTest {
    @Test
    void it_is_over_where_virtual_threads_can_wait() {
        assertThatCode(FirstWait::haveIt).doesNotThrowAnyException();
        assertThatCode(FirstWait::haveIt).doesNotThrowAnyException();
    }
}
