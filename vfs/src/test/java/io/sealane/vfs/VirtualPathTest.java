package io.sealane.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VirtualPathTest {
    @ParameterizedTest
    @CsvSource({
        "/a,        b,              /a/b",
        "/a,        /b,             /b",
        "/a/b,      ..,             /a",
        "/a,        ../../../etc,   /etc",
        "/a,        ./b//c/.,       /a/b/c",
        "/,         ..,             /",
        "/a,        b/../../c/..,   /",
        "/a,        .../b,          /a/.../b"
    })
    void text_is_resolved_against_a_base(String base, String text, String expected) {
        assertThat(VirtualPath.resolve(VirtualPath.parse(base).orElseThrow(), text))
                .map(VirtualPath::toString)
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\rb", "a\nb", "/ok/\n"})
    void text_with_control_characters_that_end_lines_or_strings_is_no_path(String text) {
        assertThat(VirtualPath.resolve(VirtualPath.ROOT, text)).isEmpty();
    }

    @Test
    void names_are_limited_in_utf8_bytes_and_paths_in_names() {
        assertThat(VirtualPath.parse("/" + "x".repeat(255))).isPresent();
        assertThat(VirtualPath.parse("/" + "x".repeat(256))).isEmpty();
        assertThat(VirtualPath.parse("/" + "\u00e9".repeat(127))).isPresent();
        assertThat(VirtualPath.parse("/" + "\u00e9".repeat(128))).isEmpty();
        assertThat(VirtualPath.parse("/x".repeat(256))).isPresent();
        assertThat(VirtualPath.parse("/x".repeat(257))).isEmpty();
    }

    @Test
    void paths_are_limited_in_utf8_bytes_however_they_were_come_by() {
        String longest = ("/" + "x".repeat(255)).repeat(16);
        assertThat(VirtualPath.parse(longest)).isPresent();
        assertThat(VirtualPath.parse(longest + "/y")).isEmpty();
        assertThat(VirtualPath.resolve(VirtualPath.parse(longest).orElseThrow(), "y")).isEmpty();
        assertThat(VirtualPath.resolve(VirtualPath.parse(longest).orElseThrow(), "..")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0", "a\n"})
    void what_is_no_name_cannot_get_into_a_path_by_any_way(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new VirtualPath(List.of("a", name)));
        assertThatIllegalArgumentException().isThrownBy(() -> VirtualPath.ROOT.child(name));
    }

    @Test
    void a_relative_text_is_not_an_absolute_path() {
        assertThat(VirtualPath.parse("a")).isEmpty();
        assertThat(VirtualPath.parse("")).isEmpty();
    }
}
