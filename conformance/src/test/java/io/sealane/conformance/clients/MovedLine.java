package io.sealane.conformance.clients;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the server's log says of one transfer.
///
/// @param data protection of the data connection: `clear`, or version, cipher, `resumed`
record MovedLine(String session, String verb, String path, long bytes, String result, String data) {
    private static final String VALUE = "(\"(?:[^\"\\\\]|\\\\.)*\"|\\S*)";
    private static final Pattern LINE =
            Pattern.compile(
                    " transfer session="
                            + VALUE
                            + " user=\\S+ verb=(\\S+) path="
                            + VALUE
                            + " bytes=(\\d+) took=\\S+ result="
                            + VALUE
                            + " data="
                            + VALUE
                            + " end=");

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
                        unquoted(matcher.group(6))));
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

    boolean resumed() {
        return data.endsWith(" resumed");
    }

    private static String unquoted(String value) {
        return value.startsWith("\"")
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
    }
}
