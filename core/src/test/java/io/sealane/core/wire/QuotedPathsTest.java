package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuotedPathsTest {
    @Test
    void blanks_part_paths_and_quotes_keep_them() {
        assertThat(QuotedPaths.partedByBlanks("a  \"b c\" d")).contains(List.of("a", "b c", "d"));
        assertThat(QuotedPaths.partedByBlanks(" a ")).contains(List.of("a"));
    }

    @Test
    void other_spaces_than_blanks_are_names() {
        assertThat(QuotedPaths.partedByBlanks("a \u3000")).contains(List.of("a", "\u3000"));
        assertThat(QuotedPaths.partedByCommas("\u2028,\u2003a"))
                .contains(List.of("\u2028", "\u2003a"));
    }

    @Test
    void a_quote_between_quotes_is_doubled() {
        assertThat(QuotedPaths.partedByBlanks("\"say \"\"hi\"\"\" x"))
                .contains(List.of("say \"hi\"", "x"));
    }

    @Test
    void commas_part_paths_and_quotes_keep_them() {
        assertThat(QuotedPaths.partedByCommas("a b,c , \"d, e\""))
                .contains(List.of("a b", "c", "d, e"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"a", "a \"b", "\"a\"b", "\"\"", "\"a\" \""})
    void what_is_not_parted_by_blanks(String argument) {
        assertThat(QuotedPaths.partedByBlanks(argument)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a,,b", "\"a", "\"a\"b", "a,\"\""})
    void what_is_not_parted_by_commas(String argument) {
        assertThat(QuotedPaths.partedByCommas(argument)).isEmpty();
    }

    /// As long as a command line can be: a regular expression overflows its stack on them.
    @Test
    void hostile_arguments_are_read_to_their_end() {
        String quotes = "\"".repeat(4095);
        assertThat(QuotedPaths.partedByBlanks(quotes)).isEmpty();
        assertThat(QuotedPaths.partedByCommas(quotes)).isEmpty();
        assertThat(QuotedPaths.partedByBlanks("a " + " ".repeat(4000) + "\"")).isEmpty();
    }
}
