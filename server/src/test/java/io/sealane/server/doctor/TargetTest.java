package io.sealane.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "ftp.example.com, ftp.example.com, 0",
        "ftp.example.com:2121, ftp.example.com, 2121",
        "192.0.2.1, 192.0.2.1, 0",
        "192.0.2.1:990, 192.0.2.1, 990",
        "2001:db8::1, 2001:db8::1, 0",
        "::1, ::1, 0",
        "[::1], ::1, 0",
        "[2001:db8::1]:21, 2001:db8::1, 21"
    })
    void a_host_may_be_a_name_or_an_address_with_a_port_or_without(
            String text, String host, int port) {
        OptionalInt expected = port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
        assertThat(Target.parse(text)).contains(new Target(host, expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://example.com",
                "host:0",
                "host:65536",
                "host:21x",
                "user@host",
                "a b",
                "[::1",
                "host\n"
            })
    void anything_else_is_none(String text) {
        assertThat(Target.parse(text)).isEmpty();
    }

    @Test
    void addresses_are_told_from_names() {
        assertThat(Target.parse("192.0.2.1").map(Target::isLiteral)).isEqualTo(Optional.of(true));
        assertThat(Target.parse("::1").map(Target::isLiteral)).isEqualTo(Optional.of(true));
        assertThat(Target.parse("1.example").map(Target::isLiteral)).isEqualTo(Optional.of(false));
    }
}
