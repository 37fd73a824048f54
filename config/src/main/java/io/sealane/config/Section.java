package io.sealane.config;

import io.sealane.config.Setting.Origin;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// One mapping of the file, from which settings are read by [Key]. Reading never stops: what is
/// wrong is reported, and a stand-in given back. Unknown keys and keys set twice are reported as
/// soon as the section is made.
final class Section {
    /// What plain YAML gives a node; any other tag was written out and would be overlooked.
    private static final Set<Tag> TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ);

    private static final String MAPPING = "keys with values";

    private final Problems problems;
    private final String path;
    private final Place place;
    private final Map<Key, Entry> entries = new EnumMap<>(Key.class);

    private Section(Problems problems, String path, Place place) {
        this.problems = problems;
        this.path = path;
        this.place = place;
    }

    /// The keys at the left margin.
    static Section root(YamlFile file, Problems problems) {
        Section root = new Section(problems, Key.ROOT, Place.inFile(0));
        file.read()
                .filter(node -> !isNull(node))
                .flatMap(node -> root.mapping(Place.inFile(line(node)), node))
                .ifPresent(root::fill);
        return root;
    }

    Place place() {
        return place;
    }

    boolean has(Key key) {
        return entries.containsKey(key);
    }

    /// Where `key` is, or would be: at the line of its section.
    Place placeOf(Key key) {
        Entry entry = entries.get(key);
        return place.below(key.word(), entry == null ? place.line() : entry.line);
    }

    /// The value of `key`, or `fallback` if the file has none.
    <T> Setting<T> setting(Key key, T fallback, Format<T> format) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return new Setting<>(placeOf(key), fallback, Origin.DEFAULT);
        }
        return scalar(placeOf(key), entry.value, format)
                .map(value -> new Setting<>(placeOf(key), value, Origin.FILE))
                .orElseGet(() -> new Setting<>(placeOf(key), fallback, Origin.BAD));
    }

    /// The value of a key that must be there.
    <T> Setting<T> required(Key key, T standIn, Format<T> format) {
        if (has(key)) {
            return setting(key, standIn, format);
        }
        problems.error(placeOf(key), "is missing; allowed: " + format.allowed());
        return new Setting<>(placeOf(key), standIn, Origin.BAD);
    }

    /// The values of a list, each with its own place, or `fallback` if the file has none. Entries
    /// that are wrong are reported and left out.
    <T> List<Setting<T>> settings(
            Key key, List<T> fallback, Format<T> format, Bounds<Integer> size) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return fallback.stream()
                    .map(value -> new Setting<>(placeOf(key), value, Origin.DEFAULT))
                    .toList();
        }
        List<Setting<T>> settings = new ArrayList<>();
        for (Item item : items(key, entry.value, size, "each " + format.allowed())) {
            scalar(item.place, item.node, format)
                    .map(value -> new Setting<>(item.place, value, Origin.FILE))
                    .ifPresent(settings::add);
        }
        return settings;
    }

    /// The section that `key` opens; one without keys if the file has none.
    Section section(Key key) {
        Section section = new Section(problems, key.path(), placeOf(key));
        Entry entry = entries.get(key);
        if (entry != null) {
            mapping(placeOf(key), entry.value).ifPresent(section::fill);
        }
        return section;
    }

    /// The sections of a list; empty if the file has none. Entries that are no sections are
    /// reported and left out.
    List<Section> sections(Key key, Bounds<Integer> size) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (Item item : items(key, entry.value, size, "each " + MAPPING)) {
            mapping(item.place, item.node)
                    .ifPresent(mapping -> {
                        Section section = new Section(problems, key.path() + "[]", item.place);
                        section.fill(mapping);
                        sections.add(section);
                    });
        }
        return sections;
    }

    private void fill(MappingNode mapping) {
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = line(tuple.getKeyNode());
            if (tuple.getKeyNode() instanceof ScalarNode scalar) {
                fill(scalar.getValue(), line, lines, tuple.getValueNode());
            } else {
                problems.error(
                        place.below("?", line), "is a list or mapping where a key should be");
            }
        }
    }

    private void fill(String word, int line, Map<String, Integer> lines, Node value) {
        Integer first = lines.putIfAbsent(word, line);
        if (first != null) {
            problems.error(place.below(word, line), "is set twice, first on line " + first);
            return;
        }
        Optional<Key> known =
                Key.in(path).stream().filter(key -> key.word().equals(word)).findFirst();
        known.ifPresentOrElse(
                key -> entries.put(key, new Entry(line, value)),
                () ->
                        problems.error(
                                place.below(word, line),
                                "is not a known key; " + KeySuggestion.of(path, word)));
    }

    private <T> Optional<T> scalar(Place at, Node node, Format<T> format) {
        if (!isUsable(at, node, format.allowed())) {
            return Optional.empty();
        }
        if (!(node instanceof ScalarNode scalar)) {
            return wrongType(at, node, format.allowed());
        }
        String text = scalar.getValue();
        return switch (format.parse(text)) {
            case Parsed.Good<T>(T value) -> Optional.of(value);
            case Parsed.NotAllowed<T>() ->
                    refused(at, format, text, "is not allowed; allowed: " + format.allowed());
            case Parsed.NotServed<T>() ->
                    refused(
                            at,
                            format,
                            text,
                            "is not served by this version; allowed now: " + format.allowed());
        };
    }

    private <T> Optional<T> refused(Place at, Format<T> format, String text, String message) {
        problems.errorIn(at, format.shown().apply(text), message);
        return Optional.empty();
    }

    private Optional<MappingNode> mapping(Place at, Node node) {
        if (!isUsable(at, node, MAPPING)) {
            return Optional.empty();
        }
        return node instanceof MappingNode mapping
                ? Optional.of(mapping)
                : wrongType(at, node, MAPPING);
    }

    private List<Item> items(Key key, Node node, Bounds<Integer> size, String each) {
        Place at = placeOf(key);
        String allowed = "a list of " + size.least() + " to " + size.most() + " entries, " + each;
        if (!isUsable(at, node, allowed)) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            return this.<List<Item>>wrongType(at, node, allowed).orElse(List.of());
        }
        List<Node> nodes = sequence.getValue();
        if (!size.contain(nodes.size())) {
            problems.error(at, "has " + nodes.size() + " entries; allowed: " + allowed);
            return List.of();
        }
        List<Item> items = new ArrayList<>();
        for (Node entry : nodes) {
            items.add(new Item(at.entry(items.size(), line(entry)), entry));
        }
        return items;
    }

    /// Whether a node carries a value without a tag; reported if not.
    private boolean isUsable(Place at, Node node, String allowed) {
        if (isNull(node)) {
            problems.error(at, "has no value; allowed: " + allowed);
            return false;
        }
        if (!TAGS.contains(node.getTag())) {
            problems.error(
                    at,
                    "has the tag "
                            + Problems.shown(node.getTag().getValue())
                            + "; allowed: no tag, and "
                            + allowed);
            return false;
        }
        return true;
    }

    private <T> Optional<T> wrongType(Place at, Node node, String allowed) {
        String found =
                switch (node) {
                    case SequenceNode _ -> "is a list; allowed: ";
                    case MappingNode _ -> "is a mapping; allowed: ";
                    default -> "is a single value; allowed: ";
                };
        problems.error(at, found + allowed);
        return Optional.empty();
    }

    /// `key:` with nothing behind it, `~` or `null`.
    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int line(Node node) {
        return YamlFile.line(node.getStartMark());
    }

    /// @param line of the key, which is where a reader looks even if the value is an alias
    private record Entry(int line, Node value) {}

    private record Item(Place place, Node node) {}
}
