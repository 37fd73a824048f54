package io.sealane.vfs.local;

import io.sealane.vfs.VirtualPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The text of a symbolic link, as far as users may see it.
final class LinkTarget {
    /// Longest text shown, in bytes. Longer ones are rare, and a line of a listing has its limit.
    static final int BYTES_MAX = 1024;

    private LinkTarget() {}

    /// The text of a link in `directory` to `target`: relative, up as far as the two paths differ.
    static String relative(VirtualPath directory, VirtualPath target) {
        VirtualPath common = directory;
        while (!target.startsWith(common)) {
            common = common.parent();
        }
        List<String> names =
                new ArrayList<>(
                        Collections.nCopies(
                                directory.names().size() - common.names().size(), ".."));
        names.addAll(target.relativeTo(common).names());
        return names.isEmpty() ? "." : String.join("/", names);
    }

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
