package io.sealane.bench;

import io.sealane.bench.work.Row;
import io.sealane.bench.work.Sheet;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// All values of a run as one JSON object.
final class RawResults {
    private RawResults() {}

    static String of(Sheet sheet) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("time", Instant.now().toString());
            json.writeStringProperty("system", system());
            json.writeNumberProperty("processors", Runtime.getRuntime().availableProcessors());
            json.writeArrayPropertyStart("rows");
            sheet.values().forEach((row, values) -> write(json, row, values));
            json.writeEndArray();
            json.writeArrayPropertyStart("not-measured");
            sheet.failures().forEach(failure -> write(json, failure));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text + "\n";
    }

    private static String system() {
        return String.join(
                " ",
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch") + ", Java",
                System.getProperty("java.version"));
    }

    private static void write(JsonGenerator json, Row row, Map<String, List<Double>> values) {
        json.writeStartObject();
        json.writeStringProperty("name", row.name());
        json.writeStringProperty("unit", row.unit());
        json.writeStringProperty("better", row.better().name().toLowerCase(Locale.ROOT));
        row.goal().ifPresent(goal -> json.writeNumberProperty("goal", goal));
        json.writeObjectPropertyStart("values");
        values.forEach((server, rounds) -> {
            json.writeArrayPropertyStart(server);
            rounds.forEach(json::writeNumber);
            json.writeEndArray();
        });
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Sheet.Failure failure) {
        json.writeStartObject();
        json.writeStringProperty("work", failure.work());
        json.writeStringProperty("server", failure.server());
        json.writeStringProperty("reason", failure.reason());
        json.writeEndObject();
    }
}
