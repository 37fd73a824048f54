package io.sealane.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// A YAML 1.2 file as a tree of nodes that know their lines. Whatever the bytes, reading ends soon,
/// in bounded memory, with a tree or with one reported error.
final class YamlFile {
    /// Largest file. The reference configuration has 2 KiB; 1 MiB holds thousands of certificates.
    static final int FILE_BYTES_MAX = 1 << 20;

    /// Deepest nesting of lists and mappings. The keys need 5 levels; the parser recurses for each.
    static final int NESTING_MAX = 16;

    /// Most aliases (`*name`) of lists and mappings, so that a few lines cannot stand for millions.
    static final int ALIASES_MAX = 32;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;
    private final Problems problems;

    YamlFile(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /// Reads the file; empty if it holds no value (nothing but comments), or if it is wrong, which
    /// is reported then.
    Optional<Node> read() {
        return bytes().flatMap(this::text).flatMap(this::tree);
    }

    private Optional<byte[]> bytes() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length <= FILE_BYTES_MAX) {
                return Optional.of(bytes);
            }
            return wrong(0, "is too large; allowed: " + FILE_BYTES_MAX + " bytes");
        } catch (NoSuchFileException e) {
            return wrong(0, "cannot be read: there is no such file");
        } catch (AccessDeniedException e) {
            return wrong(0, "cannot be read: permission denied");
        } catch (IOException e) {
            return wrong(0, "cannot be read: " + Problems.shown(String.valueOf(e.getMessage())));
        }
    }

    private Optional<String> text(byte[] bytes) {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            return wrong(lineAfter(text), "is not UTF-8 text from here on");
        }
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return Optional.of(text.subSequence(marked ? 1 : 0, text.length()).toString());
    }

    private Optional<Node> tree(String text) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setSchema(new CoreSchema())
                        .setAllowNonScalarKeys(true) // reported with the key that they are
                        .setCodePointLimit(FILE_BYTES_MAX)
                        .setMaxAliasesForCollections(ALIASES_MAX)
                        .build();
        try {
            if (isTooDeep(settings, text)) {
                return Optional.empty();
            }
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            return wrong(line(e.getProblemMark()), "is not YAML: " + problem(e));
        } catch (ReaderException e) {
            return wrong(
                    lineAfter(text.substring(0, Math.clamp(e.getPosition(), 0, text.length()))),
                    String.format(
                            Locale.ROOT,
                            "is not YAML: the character U+%04X is not allowed",
                            e.getCodePoint()));
        } catch (YamlEngineException e) {
            return wrong(0, "is not YAML: " + Problems.shown(String.valueOf(e.getMessage())));
        } catch (NumberFormatException endsInAnEscape) { // Of the library: it should be marked.
            return wrong(0, "is not YAML: the file ends within an escape");
        }
    }

    /// Composing recurses into the tree, parsing into events does not: a first pass looks how deep
    /// it goes. (The library has no setting for that.)
    private boolean isTooDeep(LoadSettings settings, String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > NESTING_MAX) {
                problems.error(
                        Place.inFile(line(event.getStartMark())),
                        "is nested too deeply; allowed: " + NESTING_MAX + " levels");
                return true;
            }
        }
        return false;
    }

    private <T> Optional<T> wrong(int line, String message) {
        problems.error(Place.inFile(line), message);
        return Optional.empty();
    }

    private static String problem(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return Problems.shown(context) + Problems.shown(e.getProblem());
    }

    private static int lineAfter(CharSequence text) {
        return 1 + (int) text.chars().filter(c -> c == '\n').count();
    }

    /// The line of a mark, counted from 1; 0 without a mark.
    static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).map(line -> line + 1).orElse(0);
    }
}
