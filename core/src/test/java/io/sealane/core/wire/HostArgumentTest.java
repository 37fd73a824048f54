package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostArgumentTest {
    @ParameterizedTest
    @CsvSource({
        "ftp.example.com, ftp.example.com",
        "FTP.Example.COM, ftp.example.com",
        "localhost, localhost",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "3com.example, 3com.example",
        "a-b.c-d, a-b.c-d",
        "192.0.2.1, 192.0.2.1",
        "[::1], [::1]",
        "[2001:DB8:0:0:0:0:0:1], [2001:db8::1]",
        "[::ffff:192.0.2.1], 192.0.2.1"
    })
    void names_and_addresses_have_one_form(String argument, String text) {
        assertThat(HostArgument.parse(argument)).contains(new HostArgument(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ".example.com",
                "ftp.example.com.",
                "ftp..example.com",
                "-ftp.example.com",
                "ftp-.example.com",
                "ftp_1.example.com",
                "ftp example.com",
                "b\u00fccher.example",
                "\u017fftp.example",
                "ftp.example.com:21",
                "192.0.2.1:21",
                "192.0.2.256",
                "192.0.2",
                "192.0.2.01",
                "1.2.3.4.5",
                "::1",
                "[::1",
                "[::1]:21",
                "[192.0.2.1]",
                "[::1%lo]",
                "[:::1]",
                "[ftp.example.com]",
                "[]",
                "[:]"
            })
    void anything_else_is_none(String argument) {
        assertThat(HostArgument.parse(argument)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"63, true", "64, false"})
    void labels_have_63_characters_at_most(int length, boolean taken) {
        assertThat(HostArgument.parse("a".repeat(length) + ".example").isPresent())
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"253, true", "254, false"})
    void names_have_253_characters_at_most(int length, boolean taken) {
        String name = "a.".repeat(length / 2) + "a".repeat(length % 2 == 0 ? 0 : 1);
        String exact = length % 2 == 0 ? name.substring(0, length - 1) + "b" : name;
        assertThat(exact).hasSize(length);
        assertThat(HostArgument.parse(exact).isPresent()).isEqualTo(taken);
    }
}
