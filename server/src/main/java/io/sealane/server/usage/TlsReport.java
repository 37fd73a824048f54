package io.sealane.server.usage;

import io.sealane.store.sql.TlsUse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Who uses which TLS, as a table for people.
///
/// @param lines a heading, a line for each kind of session, and what it comes to
public record TlsReport(List<String> lines) {
    private static final List<String> HEADING =
            List.of(
                    "USER",
                    "CLIENT",
                    "LISTENER",
                    "MODE",
                    "TLS",
                    "CIPHER",
                    "GROUP",
                    "SESSIONS",
                    "DATA resumed/full/clear",
                    "WOULD BE REFUSED BY",
                    "LAST SEEN");

    public TlsReport {
        lines = List.copyOf(lines);
    }

    public static TlsReport of(List<TlsUse> seen) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADING);
        seen.stream().map(TlsReport::row).forEach(rows::add);
        int[] widths =
                IntStream.range(0, HEADING.size())
                        .map(column ->
                                rows.stream()
                                        .mapToInt(row -> row.get(column).length())
                                        .max()
                                        .orElse(0))
                        .toArray();
        List<String> lines = new ArrayList<>(rows.stream().map(row -> line(row, widths)).toList());
        lines.add(summary(seen));
        return new TlsReport(lines);
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            line.append(row.get(column))
                    .append(" ".repeat(widths[column] - row.get(column).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private static List<String> row(TlsUse use) {
        TlsUse.Kind kind = use.kind();
        Instant seen = use.lastSeen().truncatedTo(ChronoUnit.SECONDS);
        return Arrays.asList(
                kind.user(),
                kind.client(),
                kind.listener(),
                kind.mode(),
                kind.version(),
                kind.cipher(),
                kind.group(),
                Long.toString(use.sessions()),
                use.dataResumed() + "/" + use.dataFull() + "/" + use.dataClear(),
                use.wouldRefuse().isEmpty()
                        ? "-"
                        : String.join(" ", use.wouldRefuse().stream().sorted().toList()),
                seen.toString());
    }

    private static String summary(List<TlsUse> seen) {
        long plain = users(seen.stream().filter(TlsReport::isInTheClear).toList());
        long refused = users(seen.stream().filter(use -> !use.wouldRefuse().isEmpty()).toList());
        return ("users: %d; in the clear with a password or files: %d; whom a policy that is tried"
                        + " would refuse: %d")
                .formatted(users(seen), plain, refused);
    }

    private static boolean isInTheClear(TlsUse use) {
        return use.kind().mode().equals("plain") || use.dataClear() > 0;
    }

    /// Who never logged in is in the table, and no user.
    private static long users(List<TlsUse> of) {
        return of.stream()
                .map(use -> use.kind().user())
                .filter(user -> !user.equals(TlsUsage.UNKNOWN))
                .distinct()
                .count();
    }
}
