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

    /// Room for most lines.
    private static final int LENGTH = 400;

    @Override
    public String line(Instant time, Level level, List<Field> fields) {
        StringBuilder line = new StringBuilder(LENGTH);
        TIME.formatTo(time, line);
        line.append(' ').append(level);
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
    private static boolean isPlain(char letter) {
        return letter > ' '
                && letter != '"'
                && letter != '='
                && !Character.isSpaceChar(letter)
                && !Printable.isUnsafe(letter);
    }

    private static void append(StringBuilder line, String value) {
        if (isPlain(value)) {
            line.append(value);
            return;
        }
        line.append('"');
        for (int at = 0; at < value.length(); at++) {
            char letter = value.charAt(at);
            if (letter == '"' || letter == '\\') {
                line.append('\\');
            }
            line.append(Printable.isUnsafe(letter) ? '?' : letter);
        }
        line.append('"');
    }

    private static boolean isPlain(String value) {
        for (int at = 0; at < value.length(); at++) {
            if (!isPlain(value.charAt(at))) {
                return false;
            }
        }
        return !value.isEmpty();
    }
}
