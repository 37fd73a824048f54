package io.sealane.server.log;

import io.sealane.core.wire.Printable;
import io.sealane.server.log.EventLog.Field;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// One JSON object a line: `time`, `level`, then the fields, all of them strings.
final class JsonLines implements EventLog.LineFormat {
    /// As many digits in each line.
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

    private final JsonFactory factory = new JsonFactory();

    @Override
    public String line(Instant time, Level level, List<Field> fields) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeStringProperty("time", TIME.format(time));
            json.writeStringProperty("level", level.name().toLowerCase(Locale.ROOT));
            for (Field field : fields) {
                json.writeStringProperty(field.key(), field.value());
            }
            json.writeEndObject();
        }
        return escaped(line.toString());
    }

    /// JSON may hold as they are what a screen takes for another line or order; they can only be in
    /// a string here.
    private static String escaped(String json) {
        if (json.chars().noneMatch(Printable::isUnsafe)) {
            return json;
        }
        StringBuilder clean = new StringBuilder(json.length());
        json.chars()
                .forEach(c ->
                        clean.append(
                                Printable.isUnsafe(c)
                                        ? String.format(Locale.ROOT, "\\u%04x", c)
                                        : Character.toString(c)));
        return clean.toString();
    }
}
