package io.sealane.server.usage;

import io.sealane.store.sql.TlsUse;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Who uses which TLS, for machines.
public final class TlsReportJson {
    private TlsReportJson() {}

    /// A JSON array with an object for each kind of session: the components of [TlsUse] and
    /// [TlsUse.Kind], in camel case; `lastSeen` as in ISO 8601, in UTC.
    public static String of(List<TlsUse> seen) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartArray();
            seen.forEach(use -> write(use, json));
            json.writeEndArray();
        }
        return text.toString();
    }

    private static void write(TlsUse use, JsonGenerator json) {
        TlsUse.Kind kind = use.kind();
        json.writeStartObject();
        json.writeStringProperty("user", kind.user());
        json.writeStringProperty("client", kind.client());
        json.writeStringProperty("listener", kind.listener());
        json.writeStringProperty("mode", kind.mode());
        json.writeStringProperty("version", kind.version());
        json.writeStringProperty("cipher", kind.cipher());
        json.writeStringProperty("group", kind.group());
        json.writeNumberProperty("sessions", use.sessions());
        json.writeNumberProperty("dataResumed", use.dataResumed());
        json.writeNumberProperty("dataFull", use.dataFull());
        json.writeNumberProperty("dataClear", use.dataClear());
        json.writeArrayPropertyStart("wouldRefuse");
        use.wouldRefuse().stream().sorted().forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("lastSeen", use.lastSeen().toString());
        json.writeEndObject();
    }
}
