package io.sealane.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The table in `security-replies.txt`: state, policy and command, and the code that is right. The
/// tests hold the server to it, and the page of commands shows it.
public final class SecurityReplies {
    private static final Path FILE = Path.of("src/test/resources/security-replies.txt");

    private SecurityReplies() {}

    /// How far a conversation has come.
    enum State {
        /// Greeted, in the clear.
        CLEAR,
        /// Greeted, TLS on the control connection.
        TLS,
        /// Logged in in the clear.
        OPEN,
        /// Logged in by TLS, no word about data connections.
        MEMBER,
        /// Logged in by TLS, PBSZ and PROT P said.
        PROTECTED,
        /// As [#PROTECTED], and the client begins no TLS on its data connections.
        UNSECURED,
        /// As [#PROTECTED], and behind CCC.
        CLEARED,
        /// As [#TLS], and behind CCC.
        CLEARED_VISITOR;

        boolean isByTls() {
            return this != CLEAR && this != OPEN;
        }
    }

    /// @param commands parted by `;`; the code is the last one's
    record Row(Door door, State state, String commands, int code, String reason) {
        private static Row parse(String line) {
            String[] cells = line.replace("\\|", "\u0001").split(" *\\| *", -1);
            return new Row(
                    Door.valueOf(constant(cells[0])),
                    State.valueOf(constant(cells[1])),
                    cells[2].replace('\u0001', '|'),
                    Integer.parseInt(cells[3]),
                    cells[4]);
        }

        String title() {
            return door + " " + state + ": " + commands + " -> " + code;
        }

        private static String constant(String word) {
            return word.toUpperCase(Locale.ROOT).replace('-', '_');
        }
    }

    static List<Row> rows() {
        return lines().map(Row::parse).toList();
    }

    /// The table for the page of commands.
    public static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("| listener | state | commands | reply | why |\n|---|---|---|---|---|\n");
        lines().forEach(line -> {
            String[] cells = line.split(" +\\| +", -1);
            page.append("| ").append(cells[0]).append(" | ").append(cells[1]);
            page.append(" | `").append(cells[2].replace(";", "`, `")).append("` | ");
            page.append(cells[3]).append(" | ").append(cells[4]).append(" |\n");
        });
        return page.toString();
    }

    private static Stream<String> lines() {
        try {
            return Files.readAllLines(FILE).stream().filter(line -> !line.startsWith("#"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
