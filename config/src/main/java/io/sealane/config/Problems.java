package io.sealane.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects everything that is wrong with one file. How much that can be is bounded by
/// [YamlFile#FILE_BYTES_MAX].
final class Problems {
    /// Longest value or key shown in a message: it must stay one readable line.
    private static final int SHOWN_CHARS_MAX = 80;

    private final Path file;
    private final List<ConfigError> errors = new ArrayList<>();
    private final List<ConfigWarning> warnings = new ArrayList<>();

    Problems(Path file) {
        this.file = file;
    }

    /// Reports a mistake for which no value is to be shown.
    void error(Place place, String message) {
        add(place, "", message);
    }

    /// Reports a mistake in `value`.
    ///
    /// @param message goes on after the value: "is not allowed; ..."
    void errorIn(Place place, String value, String message) {
        add(place, value, value.isEmpty() ? "an empty value " + message : message);
    }

    void warning(Place place, String message) {
        warnings.add(new ConfigWarning(shown(place.key()), file, place.line(), message));
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    /// In the order of the file.
    List<ConfigError> errors() {
        return errors.stream().sorted(Comparator.comparingInt(ConfigError::line)).toList();
    }

    /// In the order of the file.
    List<ConfigWarning> warnings() {
        return warnings.stream().sorted(Comparator.comparingInt(ConfigWarning::line)).toList();
    }

    private void add(Place place, String value, String message) {
        errors.add(new ConfigError(shown(place.key()), shown(value), file, place.line(), message));
    }

    /// Security: a value must not be able to add lines to a terminal or log, nor to repaint them.
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(SHOWN_CHARS_MAX)
                .map(Problems::printable)
                .forEach(shown::appendCodePoint);
        return text.codePointCount(0, text.length()) > SHOWN_CHARS_MAX
                ? shown + "..."
                : shown.toString();
    }

    private static int printable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    '?';
            default -> character;
        };
    }
}
