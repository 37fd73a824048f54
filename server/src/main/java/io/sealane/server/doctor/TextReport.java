package io.sealane.server.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A diagnosis for people: plain text in 80 columns.
public final class TextReport {
    static final int COLUMNS = 80;

    private static final int SEVERITY_WIDTH = 9;
    private static final String INDENT = "  ";
    private static final String HANGING = " ".repeat(INDENT.length() + SEVERITY_WIDTH);

    private TextReport() {}

    /// The lines of the report, without line ends.
    public static List<String> lines(Diagnosis diagnosis) {
        List<String> lines = new ArrayList<>();
        String address = diagnosis.address().isEmpty() ? "" : " (" + diagnosis.address() + ")";
        lines.add("examined " + Reply.shown(diagnosis.target().host()) + address);
        grouped(diagnosis)
                .forEach((place, observations) -> {
                    lines.add("");
                    lines.add(place);
                    observations.forEach(seen -> add(seen, lines));
                });
        lines.add("");
        lines.add(summary(diagnosis));
        return lines;
    }

    private static Map<String, List<Observation>> grouped(Diagnosis diagnosis) {
        Map<String, List<Observation>> groups = new LinkedHashMap<>();
        for (Observation seen : diagnosis.observations()) {
            String place = seen.place().map(Place::toString).orElse("the server");
            groups.computeIfAbsent(place, _ -> new ArrayList<>()).add(seen);
        }
        return groups;
    }

    private static void add(Observation seen, List<String> lines) {
        Finding finding = seen.finding();
        String severity = "%-" + SEVERITY_WIDTH + "s";
        String first = INDENT + severity.formatted(finding.severity().word());
        wrap(first, finding.id() + ": " + seen.seen(), lines);
        if (finding.severity() != Severity.OK) {
            wrap(HANGING, finding.meaning(), lines);
            wrap(HANGING + "-> ", finding.remedy(), lines);
        }
    }

    private static String summary(Diagnosis diagnosis) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count =
                    diagnosis.observations().stream()
                            .filter(seen -> seen.severity() == severity)
                            .count();
            counts.add(String.format(Locale.ROOT, "%d %s", count, severity.word()));
        }
        return String.join(", ", counts.reversed());
    }

    /// Breaks between words; a word that is longer than a line is cut.
    static void wrap(String first, String text, List<String> lines) {
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.split(" ")) {
            String rest = word;
            if (!empty && line.length() + 1 + rest.length() > COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder(HANGING);
                empty = true;
            }
            while (line.length() + rest.length() > COLUMNS && empty) {
                int room = COLUMNS - line.length();
                lines.add(line + rest.substring(0, room));
                line = new StringBuilder(HANGING);
                rest = rest.substring(room);
            }
            line.append(empty ? "" : " ").append(rest);
            empty = false;
        }
        lines.add(line.toString());
    }
}
