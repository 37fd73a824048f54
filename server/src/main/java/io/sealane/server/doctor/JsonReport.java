package io.sealane.server.doctor;

import java.io.StringWriter;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A diagnosis for programs: one JSON object. Keys are added in time, and never removed or given
/// another meaning without a new `format`.
public final class JsonReport {
    private static final int FORMAT = 1;

    private JsonReport() {}

    /// The document, in one line.
    public static String of(Diagnosis diagnosis) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("format", FORMAT);
            json.writeStringProperty("host", diagnosis.target().host());
            json.writeStringProperty("address", diagnosis.address());
            json.writeStringProperty("time", diagnosis.time().toString());
            json.writeStringProperty("worst", diagnosis.worst().word());
            json.writeNumberProperty("exit-code", diagnosis.exitCode());
            json.writeArrayPropertyStart("ports");
            diagnosis.ports().forEach(port -> write(json, port));
            json.writeEndArray();
            json.writeArrayPropertyStart("findings");
            diagnosis.observations().forEach(seen -> write(json, seen));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, PortState port) {
        json.writeStartObject();
        json.writeNumberProperty("port", port.port());
        json.writeStringProperty("state", port.state().name().toLowerCase(Locale.ROOT));
        json.writeArrayPropertyStart("doors");
        port.doors().forEach(door -> json.writeString(door.word()));
        json.writeEndArray();
        json.writeStringProperty("seen", port.seen());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Observation seen) {
        Optional<Place> place = seen.place();
        json.writeStartObject();
        json.writeStringProperty("id", seen.finding().id());
        json.writeStringProperty("severity", seen.severity().word());
        if (place.isPresent()) {
            json.writeNumberProperty("port", place.get().port());
            json.writeStringProperty("door", place.get().door().word());
        } else {
            json.writeNullProperty("port");
            json.writeNullProperty("door");
        }
        json.writeStringProperty("seen", seen.seen());
        json.writeStringProperty("meaning", seen.finding().meaning());
        json.writeStringProperty("remedy", seen.finding().remedy());
        json.writeEndObject();
    }
}
