package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListArgumentTest {
    @ParameterizedTest
    @CsvSource({
        "'',                  ''",
        "'-al',               ''",
        "'-a  -l docs/a b',   'docs/a b'",
        "'docs -al',          'docs -al'",
        "'-',                 '-'",
        "'-a.txt',            '-a.txt'",
        "'-a \u2003name',    '\u2003name'"
    })
    void options_in_front_of_a_path_are_taken_off(String argument, String path) {
        assertThat(ListArgument.withoutOptions(argument)).isEqualTo(path);
    }
}
