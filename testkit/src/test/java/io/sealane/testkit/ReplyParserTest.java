package io.sealane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyParserTest {
    @Test
    void a_single_line_is_a_reply() {
        assertThat(parse("220 Sealane\r\n"))
                .containsExactly(new Reply(220, List.of("220 Sealane")));
    }

    @Test
    void an_empty_text_still_needs_its_space() {
        assertThat(parse("200 \r\n").getFirst().text()).isEmpty();
    }

    @Test
    void lines_up_to_the_same_code_and_a_space_are_one_reply() {
        List<Reply> replies = parse("211-Features:\r\n UTF8\r\n211-more\r\n2111\r\n211 End\r\n");

        assertThat(replies).hasSize(1);
        assertThat(replies.getFirst().body()).containsExactly(" UTF8", "211-more", "2111");
        assertThat(replies.getFirst().text()).isEqualTo("End");
    }

    @Test
    void pipelined_replies_come_apart() {
        assertThat(parse("200 a\r\n331 b\r\n")).extracting(Reply::code).containsExactly(200, 331);
    }

    @Test
    void text_is_utf8() {
        assertThat(parse("257 \"/ğü\"\r\n").getFirst().text()).isEqualTo("\"/ğü\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 ok\\n | LF without CR",
                "200 o\\rk\\r\\n | CR without LF",
                "200 ok\\r\\r\\n | CR without LF",
                "200 o\\0k\\r\\n | NUL",
                "200 \\xff\\r\\n | not UTF-8",
                "099 no\\r\\n | from 100 to 599",
                "600 no\\r\\n | from 100 to 599",
                "20 no\\r\\n | three-digit code",
                "hello\\r\\n | three-digit code",
                "\\r\\n | three-digit code",
                "200\\r\\n | space or a hyphen",
                "200:ok\\r\\n | space or a hyphen",
                "2000 ok\\r\\n | space or a hyphen",
                "211-a\\r\\n212 b\\r\\n | to be indented",
                "211-a\\r\\n212-b\\r\\n | to be indented",
                "211-a\\r\\n211\\r\\n | to be indented",
                "200 o | ended inside",
                "211-a\\r\\n b\\r\\n | ended inside",
            })
    void a_broken_rule_is_named_and_its_bytes_are_shown(String bytes, String rule) {
        assertThatThrownBy(() -> ReplyParser.parse(Printable.parse(bytes)))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining(rule)
                .hasMessageContaining("raw bytes: ");
    }

    @Test
    void a_violation_shows_each_byte() {
        assertThatThrownBy(() -> ReplyParser.parse(Printable.parse("200 \\xfe\\t\\n")))
                .hasMessageEndingWith("raw bytes: 200 \\xfe\\t\\n");
    }

    @Test
    void a_line_without_end_is_stopped() {
        byte[] endless = new byte[ReplyParser.LINE_BYTES_MAX + 1];
        Arrays.fill(endless, (byte) '2');

        assertThatThrownBy(() -> ReplyParser.parse(endless))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void features_lose_their_one_space() {
        Reply reply = parse("211-Features:\r\n UTF8\r\n REST STREAM\r\n211 End\r\n").getFirst();

        assertThat(reply.features()).containsExactly("UTF8", "REST STREAM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "211-F\r\nUTF8\r\n211 End\r\n",
                "211-F\r\n  UTF8\r\n211 End\r\n",
                "211-F\r\n\tUTF8\r\n211 End\r\n",
                "211-F\r\n \r\n211 End\r\n",
                "211-F\r\n MLST \r\n211 End\r\n",
                "214-F\r\n UTF8\r\n214 End\r\n",
            })
    void a_feature_line_without_exactly_one_space_is_a_violation(String text) {
        Reply reply = parse(text).getFirst();

        assertThatThrownBy(reply::features).isInstanceOf(ProtocolViolation.class);
    }

    private static List<Reply> parse(String text) {
        return ReplyParser.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
