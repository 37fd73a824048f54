package io.sealane.conformance.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Files, directories and what is kept of broken uploads, as the model believes them to be. Paths
/// are absolute and normal: `/`, `/a`, `/a/b`. Immutable.
final class Tree {
    static final String ROOT = "/";

    private static final int DONE = 250;
    private static final int REFUSED = 550;
    private static final int NAME_NOT_ALLOWED = 553;
    private static final int BEYOND_END = 554;

    private final SortedMap<String, Node> nodes;
    private final Map<String, byte[]> partials;

    private Tree(SortedMap<String, Node> nodes, Map<String, byte[]> partials) {
        this.nodes = Collections.unmodifiableSortedMap(nodes);
        this.partials = Collections.unmodifiableMap(partials);
    }

    private sealed interface Node {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    private record File(byte[] content) implements Node {}

    private record Directory() implements Node {}

    /// What became of a change: the code of its reply, and the tree behind it.
    record Change(int code, Tree tree) {}

    /// Where an upload begins, or the code that refuses it.
    ///
    /// @param code 0 if it may begin
    /// @param beginning what stands in front of the bytes to come
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    record Beginning(int code, byte[] beginning, Origin origin) {
        private static Beginning refused(int code) {
            return new Beginning(code, new byte[0], Origin.BEGUN);
        }
    }

    enum Origin {
        BEGUN,
        /// With a part of what is published, which it is to replace.
        COPIED,
        /// With all of what is published.
        ADDED,
        /// With the partial, which is its own from now on.
        CLAIMED
    }

    /// A tree with these files; a path without content is a directory.
    static Tree of(Map<String, Optional<byte[]>> found) {
        SortedMap<String, Node> nodes = new TreeMap<>();
        nodes.put(ROOT, new Directory());
        found.forEach((path, content) ->
                nodes.put(path, content.<Node>map(File::new).orElseGet(Directory::new)));
        return new Tree(nodes, Map.of());
    }

    static boolean isReserved(String path) {
        return Arrays.stream(path.split("/", -1))
                .anyMatch(name -> name.regionMatches(true, 0, ".sealane-", 0, 9));
    }

    boolean isDirectory(String path) {
        return nodes.get(path) instanceof Directory;
    }

    boolean exists(String path) {
        return nodes.containsKey(path);
    }

    Optional<byte[]> content(String path) {
        return nodes.get(path) instanceof File(byte[] content)
                ? Optional.of(content)
                : Optional.empty();
    }

    Optional<byte[]> partial(String path) {
        return Optional.ofNullable(partials.get(path));
    }

    /// All paths but the root, in order.
    List<String> paths() {
        return nodes.keySet().stream().filter(path -> !path.equals(ROOT)).toList();
    }

    List<String> namesIn(String directory) {
        String prefix = directory.equals(ROOT) ? ROOT : directory + "/";
        return nodes.keySet().stream()
                .filter(path -> path.startsWith(prefix) && !path.equals(ROOT))
                .map(path -> path.substring(prefix.length()))
                .filter(rest -> rest.indexOf('/') < 0)
                .toList();
    }

    Change makeDirectory(String path) {
        if (isReserved(path) && !isReserved(parent(path))) {
            return new Change(NAME_NOT_ALLOWED, this);
        }
        return exists(path) || !isDirectory(parent(path))
                ? new Change(REFUSED, this)
                : new Change(257, with(path, Optional.empty()));
    }

    Change removeDirectory(String path) {
        if (path.equals(ROOT) || !isDirectory(path) || !namesIn(path).isEmpty()) {
            return new Change(REFUSED, this);
        }
        Map<String, byte[]> kept = new HashMap<>(partials);
        kept.keySet().removeIf(partial -> parent(partial).equals(path));
        return new Change(DONE, new Tree(without(path), kept));
    }

    Change deleteFile(String path) {
        boolean isThere = content(path).isPresent() || (!exists(path) && partial(path).isPresent());
        return isThere
                ? new Change(
                        DONE, new Tree(without(path), partials).withPartial(path, Optional.empty()))
                : new Change(REFUSED, this);
    }

    Change rename(String from, String to) {
        if (isReserved(to) && !isReserved(parent(to))) {
            return new Change(NAME_NOT_ALLOWED, this);
        }
        boolean refused =
                from.equals(ROOT) || !exists(from) || (!from.equals(to) && !mayTakePlace(from, to));
        if (refused || from.equals(to)) {
            return new Change(refused ? REFUSED : DONE, this);
        }
        SortedMap<String, Node> moved = new TreeMap<>();
        nodes.forEach((path, node) -> moved.put(movedPath(path, from, to), node));
        moved.put(to, nodes.get(from));
        Map<String, byte[]> kept = new HashMap<>();
        boolean isDirectory = isDirectory(from);
        partials.forEach((path, bytes) ->
                kept.put(
                        isDirectory && !path.equals(from) ? movedPath(path, from, to) : path,
                        bytes));
        kept.remove(from);
        kept.remove(to);
        return new Change(DONE, new Tree(moved, kept));
    }

    private boolean mayTakePlace(String from, String to) {
        boolean intoItself = isDirectory(from) && (to + "/").startsWith(from + "/");
        boolean onDirectory = isDirectory(to) || (isDirectory(from) && exists(to));
        return !to.equals(ROOT) && !intoItself && !onDirectory && isDirectory(parent(to));
    }

    /// STOR with the offset of REST.
    Beginning store(String path, long offset) {
        int refusal = refusalOfUpload(path);
        if (refusal != 0) {
            return Beginning.refused(refusal);
        }
        if (offset == 0) {
            return new Beginning(0, new byte[0], Origin.BEGUN);
        }
        Optional<byte[]> partial = partial(path);
        byte[] there = partial.or(() -> content(path)).orElse(new byte[0]);
        if (there.length < offset) {
            return Beginning.refused(BEYOND_END);
        }
        Origin ofPublished = there.length == offset ? Origin.ADDED : Origin.COPIED;
        return new Beginning(
                0,
                Arrays.copyOf(there, (int) offset),
                partial.isPresent() ? Origin.CLAIMED : ofPublished);
    }

    Beginning append(String path) {
        int refusal = refusalOfUpload(path);
        if (refusal != 0) {
            return Beginning.refused(refusal);
        }
        if (isHalfReplaced(path)) {
            return Beginning.refused(BEYOND_END);
        }
        return content(path)
                .map(published -> new Beginning(0, published, Origin.ADDED))
                .or(() -> partial(path).map(partial -> new Beginning(0, partial, Origin.CLAIMED)))
                .orElseGet(() -> new Beginning(0, new byte[0], Origin.BEGUN));
    }

    /// Whether an upload broke off that was to replace the file.
    boolean isHalfReplaced(String path) {
        return content(path).isPresent() && partial(path).isPresent();
    }

    private int refusalOfUpload(String path) {
        if (isReserved(path) && !isReserved(parent(path))) {
            return NAME_NOT_ALLOWED;
        }
        return path.equals(ROOT) || isDirectory(path) || !isDirectory(parent(path)) ? REFUSED : 0;
    }

    /// An upload that came to its end.
    Tree published(String path, byte[] content) {
        Map<String, byte[]> kept = new HashMap<>(partials);
        kept.remove(path);
        return new Tree(with(path, Optional.of(content)).nodes, kept);
    }

    /// What is kept for `path` from now on.
    Tree withPartial(String path, Optional<byte[]> partial) {
        Map<String, byte[]> kept = new HashMap<>(partials);
        partial.ifPresentOrElse(bytes -> kept.put(path, bytes), () -> kept.remove(path));
        return new Tree(nodes, kept);
    }

    /// How this tree's files differ from what is there; empty if they do not.
    Optional<String> difference(Map<String, Optional<byte[]>> found) {
        if (!List.copyOf(new TreeMap<>(found).keySet()).equals(paths())) {
            return Optional.of("expected " + paths() + " but there are " + found.keySet());
        }
        return found.entrySet().stream()
                .filter(entry ->
                        !Arrays.equals(
                                entry.getValue().orElse(null),
                                content(entry.getKey()).orElse(null)))
                .map(entry -> "another content of " + entry.getKey())
                .findFirst();
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? ROOT : path.substring(0, slash);
    }

    private static String movedPath(String path, String from, String to) {
        return path.equals(from) || path.startsWith(from + "/")
                ? to + path.substring(from.length())
                : path;
    }

    private Tree with(String path, Optional<byte[]> content) {
        SortedMap<String, Node> more = new TreeMap<>(nodes);
        more.put(path, content.<Node>map(File::new).orElseGet(Directory::new));
        return new Tree(more, partials);
    }

    private SortedMap<String, Node> without(String path) {
        SortedMap<String, Node> fewer = new TreeMap<>(nodes);
        fewer.remove(path);
        return fewer;
    }

    @Override
    public String toString() {
        return paths() + " partials " + partials.keySet();
    }
}
