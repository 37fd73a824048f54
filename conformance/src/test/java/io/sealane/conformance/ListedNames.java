package io.sealane.conformance;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads lines of LIST as strictly as the strictest client: every column where it belongs.
final class ListedNames {
    private static final Pattern LINE =
            Pattern.compile(
                    "[-dl](?:[r-][w-][x-]){3} [ \\d]{2}\\d \\S+ +\\S+ +\\d+"
                            + " (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
                            + " [ 123]\\d (?:[012]\\d:[0-5]\\d| \\d{4}) (.+)");

    private ListedNames() {}

    static List<String> of(List<String> lines) {
        return lines.stream().map(ListedNames::of).toList();
    }

    /// The name in a line, and the target of a link behind it.
    static String of(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("not a line of LIST: " + line);
        }
        return matcher.group(1);
    }
}
