package io.sealane.conformance.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a path in a command is read (RFC 3659 section 6).
final class Paths {
    /// Octets of the longest name.
    private static final int NAME_OCTETS_MAX = 255;

    private static final int NAMES_MAX = 256;
    private static final int PATH_OCTETS_MAX = 4096;

    private Paths() {}

    /// The path that `text` names, seen from `directory`; empty if it is none.
    static Optional<String> resolve(String directory, String text) {
        List<String> names = new ArrayList<>();
        String whole = text.startsWith("/") ? text : directory + "/" + text;
        for (String name : whole.split("/", -1)) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.removeLast();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        boolean tooLong =
                names.stream()
                        .anyMatch(name ->
                                name.getBytes(StandardCharsets.UTF_8).length > NAME_OCTETS_MAX);
        String path = "/" + String.join("/", names);
        return tooLong
                        || names.size() > NAMES_MAX
                        || path.getBytes(StandardCharsets.UTF_8).length > PATH_OCTETS_MAX
                ? Optional.empty()
                : Optional.of(path);
    }
}
