package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamePatternTest {
    private static boolean matches(String pattern, String name) {
        return NamePattern.parse(pattern).orElseThrow().matches(name);
    }

    @ParameterizedTest
    @CsvSource({
        "*, anything",
        "*, .hidden",
        "*.txt, a.txt",
        "*.txt, .txt",
        "a*b*c, aXbXbXc",
        "a*b*c, abc",
        "**a**, a",
        "?, \u00e9",
        "?, \uD83D\uDE80",
        "?*, \uD83D\uDE80 rocket",
        "[a-c], b",
        "[a-c]x[0-9], bx7",
        "[!a-c], d",
        "[^a-c], d",
        "[]], ]",
        "[!]], x",
        "[a-], -",
        "[-a], -",
        "[a\\]b], ]",
        "[\\!a], !",
        "[\\a-\\c], b",
        "[\uD83D\uDE80-\uD83D\uDE82], \uD83D\uDE81",
        "[*?], ?",
        "\\*, *",
        "\\\\*, \\x",
        "a\\, a\\",
        "[abc, [abc",
        "*[, x[",
        "[!, [!",
        "x[], x[]"
    })
    void it_matches(String pattern, String name) {
        assertThat(matches(pattern, name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "*.txt, a.txt.bak",
        "*.txt, a.TXT",
        "?, ab",
        "?, ''",
        "a*b, ba",
        "a*b*c, acb",
        "[a-c], B",
        "[c-a], b",
        "[!a-c], b",
        "[a-c], ''",
        "\\*, x",
        "\\?x, ax"
    })
    void it_does_not_match(String pattern, String name) {
        assertThat(matches(pattern, name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "a b", "]", "{a,b}", "~", "!x"})
    void a_plain_name_is_no_pattern(String name) {
        assertThat(NamePattern.parse(name)).isEmpty();
    }

    @Test
    void a_pattern_longer_than_any_name_is_none() {
        assertThat(NamePattern.parse("*".repeat(255))).isPresent();
        assertThat(NamePattern.parse("*".repeat(256))).isEmpty();
    }

    @Test
    void a_dot_in_front_is_told() {
        assertThat(NamePattern.parse(".*").orElseThrow().startsWithDot()).isTrue();
        assertThat(NamePattern.parse("\\.*").orElseThrow().startsWithDot()).isTrue();
        assertThat(NamePattern.parse("*.").orElseThrow().startsWithDot()).isFalse();
        assertThat(NamePattern.parse("[.]*").orElseThrow().startsWithDot()).isFalse();
    }

    /// A matcher that tries every way to share a name among the runs would be at it for longer than
    /// the world stands: there are more than 10^60 ways.
    @Test
    void the_work_of_a_match_is_bounded() {
        String name = "a".repeat(255);
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> {
                    for (int round = 0; round < 100; round++) {
                        assertThat(matches("a*".repeat(126) + "b", name)).isFalse();
                        assertThat(matches("*a".repeat(126) + "*b", name)).isFalse();
                        assertThat(matches("*[ab]?".repeat(40) + "*b", name)).isFalse();
                    }
                });
    }

    @Test
    void any_text_is_read_without_a_failure() {
        Random random = new Random(20261125);
        String alphabet = "ab-]![^*?\\\uD83D\uDE80";
        assertThatCode(
                        () -> {
                            for (int round = 0; round < 100_000; round++) {
                                StringBuilder text = new StringBuilder();
                                for (int length = random.nextInt(10); length > 0; length--) {
                                    text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                                }
                                NamePattern.parse(text.toString())
                                        .ifPresent(pattern -> pattern.matches("a-b]![^*?\\"));
                            }
                        })
                .doesNotThrowAnyException();
    }
}
