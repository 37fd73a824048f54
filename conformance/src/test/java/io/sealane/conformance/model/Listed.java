package io.sealane.conformance.model;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Finds names in the lines of LIST, NLST and MLSD.
final class Listed {
    private Listed() {}

    /// Whether these lines list these names, each once and no other.
    static boolean isWhole(byte[] lines, List<String> names) {
        String text = new String(lines, StandardCharsets.UTF_8);
        if (!text.isEmpty() && !text.endsWith("\r\n")) {
            return false;
        }
        List<String> entries =
                text.lines().filter(line -> !line.matches("total \\d+|.*type=[cp]dir;.*")).toList();
        return entries.size() == names.size()
                && names.stream()
                        .allMatch(name -> entries.stream().anyMatch(line -> shows(line, name)));
    }

    private static boolean shows(String line, String name) {
        String path = line.replaceFirst("/\\.?$", "");
        return path.equals(name) || path.endsWith("/" + name) || path.endsWith(" " + name);
    }
}
