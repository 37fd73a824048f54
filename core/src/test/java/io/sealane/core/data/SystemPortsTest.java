package io.sealane.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SystemPortsTest {
    @Test
    void reserved_ports_are_left_out() {
        assertThat(SystemPorts.parse("40000\t40009\n", "8080,40001,40003-40006\n"))
                .containsExactly(40_000, 40_002, 40_007, 40_008, 40_009);
        assertThat(SystemPorts.parse("40000\t40002\n", "\n"))
                .containsExactly(40_000, 40_001, 40_002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "40000", "40000 x", "0 7", "1 70000"})
    void what_is_no_range_is_refused(String range) {
        assertThatThrownBy(() -> SystemPorts.parse(range, ""))
                .isInstanceOf(NumberFormatException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_system_says_which() {
        assertThat(SystemPorts.read()).isNotEmpty().doesNotHaveDuplicates();
    }
}
