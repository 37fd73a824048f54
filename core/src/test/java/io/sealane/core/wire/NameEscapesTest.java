package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NameEscapesTest {
    private static final Charset GBK = Charset.forName("GBK");
    private static final Charset SHIFT_JIS = Charset.forName("Shift_JIS");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.txt",
                "\u6587\u4ef6",
                "\u0100",
                "a\ud83d\ude00b\u00e5",
                "{U+0100}",
                "{U+007B}U+0100}",
                "{U+{U+0100}",
                "{U+",
                "{}"
            })
    void a_name_comes_back_as_it_was(String name) {
        byte[] sent = NameEscapes.escape(name, GBK).getBytes(GBK);
        assertThat(NameEscapes.unescape(new String(sent, GBK), GBK)).isEqualTo(name);
    }

    @Test
    void what_looks_like_an_escape_is_escaped_itself() {
        assertThat(NameEscapes.escape("{U+0100}\u0100", GBK)).isEqualTo("{U+007B}U+0100}{U+0100}");
    }

    @Test
    void a_character_that_is_iac_on_the_wire_is_escaped() {
        Charset latin = Charset.forName("windows-1252");
        assertThat(NameEscapes.escape("\u00ff\u00fe", latin)).isEqualTo("{U+00FF}\u00fe");
        assertThat(NameEscapes.unescape("{U+00FF}\u00fe", latin)).isEqualTo("\u00ff\u00fe");
    }

    @Test
    void a_character_that_comes_back_as_another_is_escaped() {
        assertThat(NameEscapes.escape("\u00a5\\", SHIFT_JIS)).isEqualTo("{U+00A5}\\");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{U+002F}", "{U+000A}", "{U+6587}", "{U+110000}", "{U+100}", "{u+0100}"})
    void what_would_not_have_been_escaped_stands_for_itself(String text) {
        assertThat(NameEscapes.unescape(text, GBK)).isEqualTo(text);
    }
}
