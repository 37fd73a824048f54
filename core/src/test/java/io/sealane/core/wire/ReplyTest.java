package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ReplyTest {
    private static String wire(Reply reply) {
        return new String(reply.encode(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Test
    void one_line_is_code_blank_text() {
        assertThat(wire(Reply.SYSTEM_TYPE)).isEqualTo("215 UNIX Type: L8\r\n");
    }

    @Test
    void lines_in_between_begin_with_a_blank_so_that_none_can_look_like_the_last() {
        assertThat(wire(Reply.listing(211, "Features:", List.of("UTF8", "211 End"), "End")))
                .isEqualTo("211-Features:\r\n UTF8\r\n 211 End\r\n211 End\r\n");
    }

    @Test
    void a_line_end_in_a_text_cannot_forge_a_reply() {
        assertThat(wire(Reply.currentDirectory("/a\r\n230 in")))
                .isEqualTo("257 \"/a??230 in\" is the current directory.\r\n");
    }

    /// The checksum behind the path, for one, is what the client asked for.
    @Test
    void a_long_path_is_told_whole() {
        String path = "/" + "x".repeat(3000);
        assertThat(wire(Reply.md5(251, Map.of(path, "0a")))).isEqualTo("251 " + path + " 0A\r\n");
        assertThat(wire(Reply.currentDirectory(path))).contains(path + "\" is");
    }

    @Test
    void no_line_of_a_listed_status_can_look_like_the_last() {
        Reply reply = Reply.listedStatus(212, "/", List.of("-rw a", "212 End", "b\r\n212 End"));
        assertThat(wire(reply).lines())
                .containsExactly(
                        "212-Status of /", "-rw a", " 212 End", "b??212 End", "212 End of status");
    }

    @Test
    void a_tab_in_a_path_stays() {
        assertThat(wire(Reply.directoryChanged("/a\tb\u001b"))).isEqualTo("250 Now in /a\tb?\r\n");
    }

    @Test
    void quotes_in_a_path_are_doubled() {
        assertThat(wire(Reply.currentDirectory("/say \"hi\"")))
                .startsWith("257 \"/say \"\"hi\"\"\" ");
    }

    @Test
    void the_longest_path_is_quoted_whole() {
        String path = ("/" + "\"".repeat(255)).repeat(16);
        assertThat(wire(Reply.currentDirectory(path)))
                .isEqualTo(
                        "257 \"" + path.replace("\"", "\"\"") + "\" is the current directory.\r\n");
    }

    @Test
    void a_log_shows_the_beginning_of_a_long_reply() {
        assertThat(Reply.currentDirectory("/d".repeat(1000)).toString())
                .hasSizeLessThan(600)
                .endsWith("...");
    }

    @Test
    void a_log_shows_no_second_line_and_no_other_order() {
        assertThat(Printable.escape("a\r\nb\u0085c\u2028d\u202eetest\u2066"))
                .isEqualTo("a??b?c?d?etest?");
        assertThat(Printable.escape("a\u200bb\u2060c\ufeff")).isEqualTo("a?b?c?");
        assertThat(Printable.escape("\u00fc \ud83d\udea2 \u0645"))
                .isEqualTo("\u00fc \ud83d\udea2 \u0645");
        assertThat(Printable.escape("\u0646\u200c\u0627 \ud83d\udc68\u200d\ud83d\udc69"))
                .isEqualTo("\u0646\u200c\u0627 \ud83d\udc68\u200d\ud83d\udc69");
    }

    @Test
    void text_is_not_cut_inside_a_character() {
        assertThat(Printable.escape("a".repeat(511) + "\ud83d\ude00"))
                .isEqualTo("a".repeat(511) + "...");
        assertThat(Printable.escape("a".repeat(510) + "\ud83d\ude00b"))
                .isEqualTo("a".repeat(510) + "\ud83d\ude00...");
    }

    @Test
    void a_path_has_every_character_that_a_command_may_name() {
        assertThat(wire(Reply.currentDirectory("/a\tb\u007f\u0085")))
                .startsWith("257 \"/a\tb\u007f\u0085\" ");
        assertThat(wire(Reply.openingData(Verb.STOU, "/a\tb", OptionalLong.empty())))
                .isEqualTo("150 FILE: /a\tb\r\n");
    }

    @Test
    void lines_for_people_have_512_octets_at_most() {
        String path = "/\u65e5\ud83d\udca7".repeat(500);
        assertThat(
                        List.of(
                                Reply.directoryChanged(path),
                                Reply.openingData(Verb.STOR, path, OptionalLong.empty()),
                                Reply.noDataConnection(path),
                                Reply.listing(250, "Facts of " + path, List.of(), "End")))
                .allSatisfy(reply -> {
                    assertThat(wire(reply)).contains("...").doesNotContain("?");
                    assertThat(wire(reply).lines())
                            .allMatch(line ->
                                    line.getBytes(StandardCharsets.UTF_8).length + 2
                                            <= Reply.LINE_OCTETS_SHOWN_MAX);
                });
        assertThat(wire(Reply.openingData(Verb.STOU, path, OptionalLong.empty()))).contains(path);
    }
}
