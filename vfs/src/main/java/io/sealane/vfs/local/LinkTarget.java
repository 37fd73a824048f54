package io.sealane.vfs.local;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The text of a symbolic link, as far as users may see it.
final class LinkTarget {
    /// Longest text shown, in bytes. Longer ones are rare, and a line of a listing has its limit.
    static final int BYTES_MAX = 1024;

    private LinkTarget() {}

    /// Security: a link's text is the host's. An absolute one names a host path, and so does one
    /// that climbs above the root; neither is shown, wherever it would lead. Nor is one that could
    /// break a line.
    ///
    /// @param depth how many names the path of the link's directory has
    static Optional<String> shown(String text, int depth) {
        if (text.isEmpty()
                || text.startsWith("/")
                || text.chars().anyMatch(Character::isISOControl)
                || text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            return Optional.empty();
        }
        int below = depth;
        for (String name : text.split("/", -1)) {
            below +=
                    switch (name) {
                        case "", "." -> 0;
                        case ".." -> -1;
                        default -> 1;
                    };
            if (below < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(text);
    }
}
