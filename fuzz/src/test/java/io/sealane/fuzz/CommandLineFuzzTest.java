package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.ControlLine;
import io.sealane.core.wire.LineDecoder;
import io.sealane.core.wire.Printable;
import io.sealane.core.wire.Verb;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Octets of a control connection, cut into lines and parsed into commands.
final class CommandLineFuzzTest {
    /// Longest escaped word of a stranger: 512 characters and the dots behind them.
    private static final int WORD_CHARS_MAX = 515;

    /// RFC 854: a command with its option, the data octet 255, another command, or an octet 255
    /// behind which the command is missing.
    private static final Pattern TELNET =
            Pattern.compile(
                    "\u00ff(?:[\u00fb-\u00fe].|(?<data>\u00ff)|[\u00f0-\u00fa]|(?=(?<lone>.)))",
                    Pattern.DOTALL);

    /// In front of a line, where the IAC before them was lost.
    private static final Pattern DATA_MARKS = Pattern.compile("^[\u00f2\u00f4]+");

    /// A line, and the octets since the line before it, each as one character.
    private record Heard(ControlLine line, String octets) {}

    @FuzzTest
    @DictionaryFile(resourcePath = "ftp.dict")
    void lines_are_what_the_octets_say(byte[] octets) {
        for (Heard heard : decode(octets)) {
            assertThat(heard.line).isEqualTo(expected(heard.octets));
            switch (heard.line) {
                case ControlLine.Command(CommandLine line) -> assertCommand(line);
                case ControlLine.Unknown(String verb) ->
                        CleanText.assertOneLine(verb, WORD_CHARS_MAX);
                case ControlLine.Empty(),
                        ControlLine.HttpRequest(),
                        ControlLine.Malformed(_),
                        ControlLine.ClientHello() -> {}
            }
        }
    }

    private static List<Heard> decode(byte[] octets) {
        LineDecoder decoder = new LineDecoder();
        List<Heard> lines = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < octets.length; at++) {
            Optional<ControlLine> line =
                    decoder.accept(octets[at]).map(whole -> whole.read(StandardCharsets.UTF_8));
            if (line.isPresent()) {
                assertThat(decoder.isInsideLine()).as("inside a line, behind its end").isFalse();
                int length = at + 1 - start;
                lines.add(
                        new Heard(
                                line.get(),
                                new String(octets, start, length, StandardCharsets.ISO_8859_1)));
                start = at + 1;
            }
        }
        return lines;
    }

    private static void assertCommand(CommandLine line) {
        String name = line.verb().name();
        String canonical = line.hasArgument() ? name + " " + line.argument() : name;
        assertThat(decode((canonical + "\n").getBytes(StandardCharsets.UTF_8)))
                .extracting(Heard::line)
                .as("said again in its canonical form")
                .containsExactly(new ControlLine.Command(line));
        CleanText.assertOneLine(line.printable(), name.length() + " ".length() + WORD_CHARS_MAX);
        if (line.verb() == Verb.PASS && line.hasArgument()) {
            assertThat(line.printable()).isEqualTo("PASS ***");
        }
    }

    /// The same rules in other words: on the line as a whole, without state.
    private static ControlLine expected(String octets) {
        String line = withoutTelnet(octets);
        if (line.equals("\u0016") || line.equals("\u0080")) {
            return new ControlLine.ClientHello();
        }
        assertThat(line).endsWith("\n");
        if (line.length() > LineDecoder.LINE_OCTETS_MAX) {
            return new ControlLine.Malformed(ControlLine.Fault.TOO_LONG);
        }
        byte[] content =
                line.substring(0, line.length() - (line.endsWith("\r\n") ? 2 : 1))
                        .getBytes(StandardCharsets.ISO_8859_1);
        String text = new String(content, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content)) {
            return new ControlLine.Malformed(ControlLine.Fault.UNDECODABLE);
        }
        if (text.chars().anyMatch(c -> c < ' ' && c != '\t')) {
            return new ControlLine.Malformed(ControlLine.Fault.CONTROL_CHARACTER);
        }
        String said = text.replaceFirst("^[ \t]+", "");
        return said.isEmpty() ? new ControlLine.Empty() : command(said);
    }

    private static String withoutTelnet(String octets) {
        StringBuilder data = new StringBuilder();
        Matcher telnet = TELNET.matcher(octets);
        int from = 0;
        while (telnet.find()) {
            data.append(octets, from, telnet.start());
            boolean isFirst = DATA_MARKS.matcher(data).replaceFirst("").isEmpty();
            if (telnet.group("data") != null || (telnet.group("lone") != null && !isFirst)) {
                data.append('\u00ff');
            }
            from = telnet.end();
        }
        data.append(octets, from, octets.length());
        return DATA_MARKS.matcher(data).replaceFirst("");
    }

    private static ControlLine command(String text) {
        String[] words = text.split(" ", 2);
        return Arrays.stream(Verb.values())
                .filter(verb -> isSameAscii(verb.name(), words[0]))
                .findFirst()
                .<ControlLine>map(verb ->
                        new ControlLine.Command(
                                new CommandLine(verb, words.length > 1 ? words[1] : "")))
                .orElseGet(() ->
                        ControlLine.HTTP_WORDS.contains(words[0])
                                ? new ControlLine.HttpRequest()
                                : new ControlLine.Unknown(shown(words[0])));
    }

    private static String shown(String word) {
        return word.matches("(?is)pass.*|pswd.*")
                ? word.substring(0, "PASS".length()) + " ***"
                : Printable.escape(word);
    }

    /// RFC 959 section 5.3: the letters of ASCII in either case, and no letter that merely becomes
    /// one of them in upper case, such as U+017F.
    private static boolean isSameAscii(String name, String word) {
        return word.chars().allMatch(c -> c < 0x80) && name.equalsIgnoreCase(word);
    }
}
