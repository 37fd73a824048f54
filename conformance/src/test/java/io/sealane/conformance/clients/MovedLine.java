package io.sealane.conformance.clients;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final String VALUE = "(\"(?:[^\"\\\\]|\\\\.)*\"|\\S*)";
    private static final Pattern LINE =
            Pattern.compile(
                    " transfer session="
                            + VALUE
                            + " user=\\S+ verb=(\\S+) path="
                            + VALUE
                            + " bytes=(\\d+) took=\\S+ result="
                            + VALUE
                            + " protection=(\\S+) cipher=\\S+ resumed=(\\S+) end=");

    static Optional<MovedLine> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.find()) {
            return Optional.empty();
        }
        return Optional.of(
                new MovedLine(
                        matcher.group(1),
                        matcher.group(2),
                        unquoted(matcher.group(3)),
                        Long.parseLong(matcher.group(4)),
                        unquoted(matcher.group(5)),
                        matcher.group(6),
                        matcher.group(7).equals("true")));
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
