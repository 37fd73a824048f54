package io.sealane.bench;

import io.sealane.bench.work.Row;
import io.sealane.bench.work.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The medians as bars, a group for each row and as long as the largest of it; the goal as a line
/// across. SVG.
final class Plot {
    private static final List<String> COLOURS =
            List.of("#0b6e99", "#d9822b", "#6a8f3c", "#a05195", "#8a8a8a");

    private static final int WIDTH = 860;
    private static final int LEFT = 330;
    private static final int LONGEST = 420;
    private static final int BAR = 11;
    private static final int GAP = 14;
    private static final int TOP = 40;

    private final List<String> servers;
    private final List<String> drawn = new ArrayList<>();
    private int y = TOP;

    Plot(Sheet sheet, List<String> servers) {
        this.servers = servers;
        drawLegend();
        sheet.values().forEach(this::draw);
    }

    @Override
    public String toString() {
        return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d"
            font-family="sans-serif" font-size="11">
        <rect width="100%%" height="100%%" fill="white"/>
        %s
        </svg>
        """
                .formatted(WIDTH, y, String.join("\n", drawn));
    }

    private void drawLegend() {
        int x = 10;
        for (int i = 0; i < servers.size(); i++) {
            rectangle(x, 12, BAR, COLOURS.get(i % COLOURS.size()));
            text(x + BAR + 5, 22, "start", servers.get(i));
            x += 160;
        }
        line(x, 10, 25);
        text(x + 6, 22, "start", "goal");
    }

    private void draw(Row row, Map<String, List<Double>> values) {
        double longest = row.goal().orElse(0);
        for (List<Double> rounds : values.values()) {
            longest = Math.max(longest, Sheet.median(rounds));
        }
        if (longest <= 0) {
            return;
        }
        int begin = y;
        text(LEFT - 8, y + BAR, "end", "%s [%s]".formatted(row.name(), row.unit()));
        for (int i = 0; i < servers.size(); i++) {
            List<Double> rounds = values.get(servers.get(i));
            if (rounds != null) {
                double median = Sheet.median(rounds);
                int length = Math.max(0, (int) Math.round(LONGEST * median / longest));
                rectangle(LEFT, y, length, COLOURS.get(i % COLOURS.size()));
                text(LEFT + length + 4, y + BAR - 2, "start", Table.number(median));
                y += BAR + 1;
            }
        }
        if (row.goal().isPresent()) {
            int x = LEFT + (int) Math.round(LONGEST * row.goal().getAsDouble() / longest);
            line(x, begin - 2, y + 1);
        }
        y += GAP;
    }

    private void rectangle(int x, int top, int width, String colour) {
        drawn.add(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>"
                        .formatted(x, top, width, BAR, colour));
    }

    private void line(int x, int top, int bottom) {
        drawn.add(
                "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"black\"/>"
                        .formatted(x, top, x, bottom));
    }

    private void text(int x, int base, String anchor, String words) {
        drawn.add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>"
                        .formatted(x, base, anchor, words));
    }
}
