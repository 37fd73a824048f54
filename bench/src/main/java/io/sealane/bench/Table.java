package io.sealane.bench;

import io.sealane.bench.work.Row;
import io.sealane.bench.work.Sheet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The medians in Markdown: a row for each figure, a column for each server, with its ratio to the
/// first one; below, what could not be measured.
final class Table {
    private final Sheet sheet;
    private final List<String> servers;

    /// @param servers the columns, in order; others are compared with the first
    Table(Sheet sheet, List<String> servers) {
        this.sheet = sheet;
        this.servers = servers;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("| | unit | goal |");
        servers.forEach(server -> text.append(' ').append(server).append(" |"));
        text.append("\n|---|---|---|").append("---|".repeat(servers.size())).append('\n');
        sheet.values().forEach((row, values) -> append(text, row, values));
        if (!sheet.failures().isEmpty()) {
            text.append("\nNot measured:\n\n");
        }
        for (Sheet.Failure failure : sheet.failures()) {
            text.append(
                    "- %s, %s: %s%n".formatted(failure.server(), failure.work(), failure.reason()));
        }
        return text.toString();
    }

    private void append(StringBuilder text, Row row, Map<String, List<Double>> values) {
        String goal = row.goal().isPresent() ? number(row.goal().getAsDouble()) : "";
        text.append("| %s | %s | %s |".formatted(row.name(), row.unit(), goal));
        for (String server : servers) {
            text.append(' ').append(cell(server, values)).append(" |");
        }
        text.append('\n');
    }

    private String cell(String server, Map<String, List<Double>> values) {
        List<Double> own = values.get(server);
        if (own == null) {
            return "-";
        }
        double median = Sheet.median(own);
        List<Double> first = values.get(servers.getFirst());
        if (first == null || server.equals(servers.getFirst())) {
            return number(median);
        }
        return "%s (×%s)".formatted(number(median), number(median / Sheet.median(first)));
    }

    /// Three digits, or all before the point.
    static String number(double value) {
        String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
