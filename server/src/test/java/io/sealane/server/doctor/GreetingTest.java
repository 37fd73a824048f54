package io.sealane.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GreetingTest {
    @ParameterizedTest
    @CsvSource({
        "220 (vsFTPd 3.0.3), true",
        "220 ProFTPD 1.3.8 Server, true",
        "220 ProFTPD Server [127.0.0.1], false",
        "220 Sealane, false",
        "220 You are user number 1 of 50 allowed, false"
    })
    void versions_are_told_from_addresses(String line, boolean expected) {
        assertThat(CommandChecks.tellsVersion(new Reply(220, List.of(line)))).isEqualTo(expected);
    }
}
