package io.sealane.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the text of a transcript into steps. A line that is none is an error of the test.
final class TranscriptParser {
    private static final Pattern LINE = Pattern.compile("(C:|C!|S:|E:|T:|D>|D<)(?: (.*))?");
    private static final Pattern FIRST_OF_MANY = Pattern.compile("(\\d{3})-.*");

    private final List<String> lines;
    private final List<Step> steps = new ArrayList<>();
    private int next;

    private TranscriptParser(String text) {
        this.lines = text.lines().map(String::strip).toList();
    }

    static List<Step> parse(String text) {
        return new TranscriptParser(text).parse();
    }

    private List<Step> parse() {
        while (next < lines.size()) {
            String line = lines.get(next++);
            if (!isComment(line)) {
                steps.add(step(line));
            }
        }
        return List.copyOf(steps);
    }

    private Step step(String line) {
        int at = next;
        String rest = rest(line);
        return switch (mark(line)) {
            case "C:" -> new Step.Send(at, rest);
            case "C!" -> new Step.SendRaw(at, rest);
            case "S:" -> new Step.Expect(at, replyLines(rest));
            case "E:" -> new Step.ExpectEnd(at, ends(rest));
            case "T:" -> tls(at, rest);
            case "D>" -> new Step.Download(at, block("D>", rest));
            case "D<" -> new Step.Upload(at, block("D<", rest));
            default -> throw error("unknown mark");
        };
    }

    private List<String> replyLines(String first) {
        List<String> patterns = new ArrayList<>(List.of(first));
        Matcher many = FIRST_OF_MANY.matcher(first);
        if (!many.matches()) {
            return patterns;
        }
        String last = many.group(1) + " ";
        while (!patterns.getLast().startsWith(last)) {
            if (next == lines.size() || !mark(lines.get(next)).equals("S:")) {
                throw error("a multi-line reply ends with a line '" + last + "...'");
            }
            // One space parts the mark from the line; a second one belongs to the line.
            patterns.add(rest(lines.get(next++)));
        }
        return patterns;
    }

    /// Gathers the consecutive lines of one mark. A single empty one is a stream of no bytes.
    private List<String> block(String mark, String first) {
        List<String> block = new ArrayList<>(List.of(first));
        while (next < lines.size() && lines.get(next).startsWith(mark)) {
            block.add(rest(lines.get(next++)));
        }
        return block.equals(List.of("")) ? List.of() : block;
    }

    private List<PeerEnd> ends(String name) {
        if (name.equals("any")) {
            return List.of(PeerEnd.CLOSE_NOTIFY, PeerEnd.FIN, PeerEnd.RESET);
        }
        return Arrays.stream(PeerEnd.values())
                .filter(end -> end.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> error("an end is any, close_notify, fin or reset"));
    }

    private Step tls(int at, String rest) {
        return switch (rest) {
            case "handshake" -> new Step.Handshake(at);
            case "clear" -> new Step.Clear(at);
            default -> throw error("T: knows only 'handshake' and 'clear'");
        };
    }

    private String mark(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private String rest(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw error("a line begins with C: C! S: E: T: D> D< or #");
        }
        return matcher.group(2) == null ? "" : matcher.group(2);
    }

    private static boolean isComment(String line) {
        return line.isEmpty() || line.startsWith("#");
    }

    private IllegalArgumentException error(String rule) {
        return new IllegalArgumentException(
                "transcript line " + next + ": " + rule + ": " + lines.get(next - 1));
    }
}
