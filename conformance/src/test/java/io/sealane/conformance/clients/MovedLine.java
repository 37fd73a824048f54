package io.sealane.conformance.clients;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the server's log says of one transfer.
///
/// @param protection of the data connection: `clear` or the version of TLS
record MovedLine(
        String session,
        String verb,
        String path,
        long bytes,
        String result,
        String protection,
        boolean resumed) {
    private static final Pattern KEY =
            Pattern.compile(" ([a-z-]+)=(\"(?:[^\"\\\\]|\\\\.)*\"|\\S*)");

    static Optional<MovedLine> parse(String line) {
        if (!line.contains(" transfer session=")) {
            return Optional.empty();
        }
        Map<String, String> values =
                KEY.matcher(line)
                        .results()
                        .collect(
                                Collectors.toMap(
                                        found -> found.group(1),
                                        found -> unquoted(found.group(2))));
        return Optional.of(
                new MovedLine(
                        value(values, "session"),
                        value(values, "verb"),
                        value(values, "path"),
                        Long.parseLong(value(values, "bytes")),
                        value(values, "result"),
                        value(values, "protection"),
                        value(values, "resumed").equals("true")));
    }

    private static String value(Map<String, String> values, String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    boolean isListing() {
        return switch (verb) {
            case "LIST", "NLST", "MLSD" -> true;
            default -> false;
        };
    }

    boolean isComplete() {
        return result.equals("complete");
    }

    private static String unquoted(String value) {
        return value.startsWith("\"")
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
    }
}
