package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.wire.ListArgument.Option;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListArgumentTest {
    private static ListArgument parse(String argument, String... names) {
        return ListArgument.parse(argument, Set.of(names)::contains);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "docs,docs",
                "-al,''",
                "-al docs,docs",
                "-a -l docs,docs",
                "-a  docs,docs",
                "-l two words,two words",
                "-l  lead,lead",
                "--,''",
                "-- -al,-al",
                "-a -- -l,-l",
                "-1A docs/*,docs/*",
                "- ,- ",
                "-,-",
                "-?,-?",
                "-a.txt,-a.txt",
                "--long,--long",
                "'   ',''",
                "-a \u2003name,\u2003name",
                "docs -la,docs -la"
            })
    void words_like_options_in_front_are_taken_off(String argument, String path) {
        assertThat(parse(argument).path()).isEqualTo(path);
    }

    @Test
    void nothing_is_the_current_directory() {
        assertThat(parse("").path()).isEmpty();
    }

    @Test
    void what_exists_is_a_path_whatever_it_looks_like() {
        assertThat(parse("-al", "-al")).isEqualTo(new ListArgument(Set.of(), "-al"));
        assertThat(parse("-a -l", "-l").path()).isEqualTo("-l");
        assertThat(parse("-a x", "-a x").path()).isEqualTo("-a x");
        assertThat(parse("-a  x", " x").path()).isEqualTo(" x");
        assertThat(parse("  ", "  ").path()).isEqualTo("  ");
    }

    @Test
    void letters_ask_for_what_they_ask_ls_for() {
        assertThat(parse("-a").options()).containsExactly(Option.HIDDEN_FILES);
        assertThat(parse("-A").options()).containsExactly(Option.HIDDEN_FILES);
        assertThat(parse("-ld x").options()).containsExactly(Option.DIRECTORY_ITSELF);
        assertThat(parse("-lFh1L").options()).isEmpty();
        assertThat(parse("-t -r -S -R").options())
                .containsExactlyInAnyOrder(
                        Option.BY_TIME, Option.REVERSED, Option.BY_SIZE, Option.RECURSIVE);
        assertThat(parse("-- -a").options()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a ", "-a x ", "- "})
    void the_store_is_asked_a_few_times_however_long_the_argument_is(String word) {
        AtomicInteger asked = new AtomicInteger();
        ListArgument.parse(
                word.repeat(1000),
                _ -> {
                    asked.incrementAndGet();
                    return false;
                });
        assertThat(asked).hasValueLessThan(20);
    }
}
