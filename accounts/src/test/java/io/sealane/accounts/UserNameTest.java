package io.sealane.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UserNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "alice", "Alice", "_build", "7of9", "a.b-c_d+e@example.com", "jürgen"})
    void letters_digits_and_a_few_signs_make_a_name(String text) {
        assertThat(UserName.parse(text)).contains(new UserName(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                ".hidden",
                "-rf",
                "@home",
                "+1",
                "a b",
                "a/b",
                "a\\b",
                "../etc",
                "a\0",
                "a\r\n",
                "a:b",
                "a*",
                "a%2f",
                "a\u0301",
                "a\u202e",
                "\ud83d\ude00",
                "\ud83d",
                "a\u200b"
            })
    void anything_else_is_nobodys_name(String text) {
        assertThat(UserName.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new UserName(text));
    }

    @Test
    void a_name_is_at_most_64_characters_long() {
        assertThat(UserName.parse("x".repeat(64))).isPresent();
        assertThat(UserName.parse("x".repeat(65))).isEmpty();
    }

    @Test
    void a_name_keeps_its_case_in_every_locale() {
        assertThat(new UserName("TITLE").text()).isEqualTo("TITLE");
        assertThat(new UserName("TITLE")).isNotEqualTo(new UserName("title"));
    }

    @Test
    void a_name_prints_as_itself() {
        assertThat(new UserName("alice")).hasToString("alice");
    }
}
