package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineDecoderTest {
    private static List<ControlLine> decode(byte[] octets) {
        LineDecoder decoder = new LineDecoder();
        List<ControlLine> lines = new ArrayList<>();
        for (byte octet : octets) {
            decoder.accept(octet)
                    .map(line -> line.read(StandardCharsets.UTF_8))
                    .ifPresent(lines::add);
        }
        return lines;
    }

    private static List<ControlLine> decode(String text) {
        return decode(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ControlLine command(Verb verb, String argument) {
        return new ControlLine.Command(new CommandLine(verb, argument));
    }

    @Test
    void lines_end_with_crlf_or_lf_and_verbs_have_any_case() {
        assertThat(decode("noop\r\nQuit\nUSER  two blanks \r\n"))
                .containsExactly(
                        command(Verb.NOOP, ""),
                        command(Verb.QUIT, ""),
                        command(Verb.USER, " two blanks "));
    }

    @Test
    void a_verb_is_found_in_a_turkish_locale() {
        assertThat(decode("list\r\nquit\r\n"))
                .containsExactly(command(Verb.LIST, ""), command(Verb.QUIT, ""));
    }

    @Test
    void an_empty_line_is_empty_and_not_an_unknown_command() {
        assertThat(decode("\r\n   \r\n"))
                .containsExactly(new ControlLine.Empty(), new ControlLine.Empty());
    }

    @Test
    void an_unknown_word_is_named_printably() {
        assertThat(decode("STARTTLS now\r\n")).containsExactly(new ControlLine.Unknown("STARTTLS"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "POST /x HTTP/1.0", "PRI * HTTP/2.0", "Host: a"})
    void what_a_web_client_says_first_is_recognized(String line) {
        assertThat(decode(line + "\r\n")).containsExactly(new ControlLine.HttpRequest());
    }

    @Test
    void telnet_commands_in_front_of_abor_are_taken_out() {
        assertThat(decode("\u00ff\u00f4\u00ff\u00f2ABOR\r\n"))
                .containsExactly(command(Verb.ABOR, ""));
    }

    @Test
    void a_telnet_command_whose_octet_was_lost_as_urgent_data_does_not_spoil_the_next() {
        assertThat(decode("\u00ff\u00f4\u00ffABOR\r\n")).containsExactly(command(Verb.ABOR, ""));
    }

    @Test
    void a_data_mark_whose_urgent_iac_was_lost_on_the_way_is_taken_out() {
        assertThat(decode("\u00ff\u00f4\u00f2ABOR\r\n")).containsExactly(command(Verb.ABOR, ""));
    }

    @Test
    void a_telnet_option_takes_one_more_octet() {
        assertThat(decode("\u00ff\u00fd\u0003NOOP\r\n")).containsExactly(command(Verb.NOOP, ""));
    }

    @Test
    void a_doubled_iac_is_one_octet_of_data_and_so_not_utf8() {
        assertThat(decode("CWD \u00ff\u00ff\r\n"))
                .containsExactly(new ControlLine.Malformed(ControlLine.Fault.UNDECODABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELE a\u00ff\r\n", "DELE a\u00ff\n", "DELE a\u00ffb\r\n"})
    void a_lone_iac_inside_a_line_is_not_left_out_of_a_name(String line) {
        assertThat(decode(line + "NOOP\r\n"))
                .containsExactly(
                        new ControlLine.Malformed(ControlLine.Fault.UNDECODABLE),
                        command(Verb.NOOP, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u017fyst", "qu\u0131t", "QU\u0130T"})
    void a_letter_that_becomes_one_of_a_verb_in_upper_case_is_none(String word) {
        byte[] octets = (word + "\r\n").getBytes(StandardCharsets.UTF_8);
        assertThat(decode(octets)).containsExactly(new ControlLine.Unknown(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CWD a\u0000b", "CWD a\rb", "\u0001NOOP", "CWD \u001b[2J"})
    void control_characters_are_refused(String line) {
        assertThat(decode(line + "\r\n"))
                .containsExactly(new ControlLine.Malformed(ControlLine.Fault.CONTROL_CHARACTER));
    }

    @Test
    void a_name_in_utf8_arrives_whole() {
        byte[] octets = "RETR é😀.txt\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(decode(octets)).containsExactly(command(Verb.RETR, "é😀.txt"));
    }

    @Test
    void the_longest_line_is_taken_and_one_octet_more_is_too_long_and_skipped() {
        String fits = "a".repeat(LineDecoder.LINE_OCTETS_MAX - "CWD ".length() - "\r\n".length());
        assertThat(decode("CWD " + fits + "\r\n")).containsExactly(command(Verb.CWD, fits));
        assertThat(decode("CWD " + fits + "b\n")).containsExactly(command(Verb.CWD, fits + "b"));
        assertThat(decode("CWD " + fits + "b\r\nNOOP\r\n"))
                .containsExactly(
                        new ControlLine.Malformed(ControlLine.Fault.TOO_LONG),
                        command(Verb.NOOP, ""));
    }

    @Test
    void a_client_hello_is_seen_at_its_first_octet() {
        assertThat(decode(new byte[] {0x16})).containsExactly(new ControlLine.ClientHello());
    }

    @Test
    void it_knows_whether_a_line_has_begun() {
        LineDecoder decoder = new LineDecoder();
        assertThat(decoder.isInsideLine()).isFalse();
        decoder.accept((byte) 'N');
        assertThat(decoder.isInsideLine()).isTrue();
    }

    @Test
    void a_password_is_not_printable() {
        assertThat(new CommandLine(Verb.PASS, "secret").printable()).isEqualTo("PASS ***");
        assertThat(new CommandLine(Verb.SITE, "  pswd old new").printable())
                .isEqualTo("SITE pswd ***");
        assertThat(CommandLine.printableWord("PASSsecret")).isEqualTo("PASS ***");
        assertThat(CommandLine.printableWord("pass\tsecret")).isEqualTo("pass ***");
        assertThat(CommandLine.printableWord("PAS")).isEqualTo("PAS");
    }
}
