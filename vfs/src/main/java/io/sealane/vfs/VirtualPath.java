package io.sealane.vfs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An absolute, normalized path of the virtual file system (RFC 3659 section 6): `/`-separated
/// names, no `.` or `..`, never above the root. Immutable.
///
/// Parsing is total: a string that cannot be a path is an empty result, not an exception.
public record VirtualPath(List<String> names) implements Comparable<VirtualPath> {
    public static final VirtualPath ROOT = new VirtualPath(List.of());

    /// Longest single name in UTF-8 bytes; what Linux, macOS and Windows file systems can hold.
    public static final int NAME_BYTES_MAX = 255;

    /// Longest path a client can name, in UTF-8 bytes: what fits a command line, and what operating
    /// systems take. Also bounds the replies that quote it, however it was come by.
    public static final int PATH_BYTES_MAX = 4096;

    /// Most names in one path. 256 levels is deeper than any tree people keep, and bounds a walk.
    public static final int NAMES_MAX = 256;

    /// @throws IllegalArgumentException if a name is none: stores rely on there being no `..`
    public VirtualPath {
        names = List.copyOf(names);
        for (String name : names) {
            requireName(name);
        }
    }

    /// Resolves `text` as typed by a client against `base`. A leading `/` makes it absolute; `.`
    /// and empty names are skipped; `..` at the root stays at the root.
    ///
    /// @return empty if a name holds NUL, CR or LF, is longer than [#NAME_BYTES_MAX], or the path
    ///   is longer than [#PATH_BYTES_MAX] or has more than [#NAMES_MAX] names
    public static Optional<VirtualPath> resolve(VirtualPath base, String text) {
        List<String> names = new ArrayList<>(text.startsWith("/") ? List.of() : base.names);
        for (String name : text.split("/", -1)) {
            switch (name) {
                case "", "." -> {}
                case ".." -> {
                    if (!names.isEmpty()) {
                        names.removeLast();
                    }
                }
                default -> {
                    if (!isName(name)) {
                        return Optional.empty();
                    }
                    names.add(name);
                }
            }
        }
        return names.size() > NAMES_MAX || bytes(names) > PATH_BYTES_MAX
                ? Optional.empty()
                : Optional.of(new VirtualPath(names));
    }

    private static int bytes(List<String> names) {
        return names.stream()
                .mapToInt(name -> "/".length() + name.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /// Parses an absolute path.
    public static Optional<VirtualPath> parse(String text) {
        return text.startsWith("/") ? resolve(ROOT, text) : Optional.empty();
    }

    public boolean isRoot() {
        return names.isEmpty();
    }

    /// The last name; empty string for the root.
    public String name() {
        return names.isEmpty() ? "" : names.getLast();
    }

    /// The containing directory; the root is its own parent.
    public VirtualPath parent() {
        return names.isEmpty() ? this : new VirtualPath(names.subList(0, names.size() - 1));
    }

    public VirtualPath child(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new VirtualPath(longer);
    }

    /// `path` as it is called from the root that this one is seen from.
    public VirtualPath descendant(VirtualPath path) {
        List<String> longer = new ArrayList<>(names);
        longer.addAll(path.names);
        return new VirtualPath(longer);
    }

    public boolean startsWith(VirtualPath prefix) {
        return names.size() >= prefix.names.size()
                && names.subList(0, prefix.names.size()).equals(prefix.names);
    }

    /// The part below `prefix`, as a path of its own.
    public VirtualPath relativeTo(VirtualPath prefix) {
        if (!startsWith(prefix)) {
            throw new IllegalArgumentException(this + " is not below " + prefix);
        }
        return new VirtualPath(names.subList(prefix.names.size(), names.size()));
    }

    @Override
    public int compareTo(VirtualPath other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return "/" + String.join("/", names);
    }

    private static void requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a file name: " + name.length() + " chars");
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == 0 || c == '\r' || c == '\n' || c == '/')
                && name.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES_MAX;
    }
}
