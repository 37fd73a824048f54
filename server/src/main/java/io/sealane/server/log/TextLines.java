package io.sealane.server.log;

import io.sealane.core.wire.Printable;
import io.sealane.server.log.EventLog.Field;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;

/// `TIME LEVEL event key=value key="a value"`, times in UTC.
final class TextLines implements EventLog.LineFormat {
    /// As many digits in each line.
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    @Override
    public String line(Instant time, Level level, List<Field> fields) {
        StringBuilder line = new StringBuilder();
        line.append(TIME.format(time)).append(' ').append(level);
        for (Field field : fields) {
            line.append(' ');
            if (!field.key().equals("event")) {
                line.append(field.key()).append('=');
            }
            append(line, field.value());
        }
        return line.toString();
    }

    /// What needs no quotes around it.
    private static boolean isPlain(int letter) {
        return letter > ' '
                && letter != '"'
                && letter != '='
                && !Character.isSpaceChar(letter)
                && !Printable.isUnsafe(letter);
    }

    private static void append(StringBuilder line, String value) {
        if (!value.isEmpty() && value.chars().allMatch(TextLines::isPlain)) {
            line.append(value);
            return;
        }
        line.append('"');
        value.chars()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        line.append('\\');
                    }
                    line.append(Printable.isUnsafe(c) ? '?' : (char) c);
                });
        line.append('"');
    }
}
