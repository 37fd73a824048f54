package io.sealane.server.status;

import io.sealane.core.server.FtpServer.BoundPort;
import io.sealane.core.wire.AddressText;
import io.sealane.server.certificate.CertificateStatus;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The status for machines.
final class StatusJson {
    private StatusJson() {}

    /// A JSON object with the components of [ServerStatus], [BoundPort] and [CertificateStatus], in
    /// camel case; instants as in ISO 8601, in UTC.
    static String of(ServerStatus status) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("now", status.now().toString());
            json.writeStringProperty("startedAt", status.startedAt().toString());
            json.writeStringProperty("tlsProvider", status.tlsProvider());
            json.writeNumberProperty("sessions", status.sessions());
            json.writeArrayPropertyStart("ports");
            status.ports().forEach(port -> write(port, json));
            json.writeEndArray();
            json.writeArrayPropertyStart("certificates");
            status.certificates().forEach(certificate -> write(certificate, json));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void write(BoundPort port, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("listener", port.listener());
        json.writeStringProperty("mode", port.mode().toString());
        json.writeStringProperty("address", AddressText.of(port.address()));
        json.writeEndObject();
    }

    private static void write(CertificateStatus certificate, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("label", certificate.label());
        write("names", certificate.names(), json);
        json.writeStringProperty("subject", certificate.subject());
        json.writeStringProperty("issuer", certificate.issuer());
        json.writeStringProperty("serial", certificate.serial());
        json.writeStringProperty("kind", certificate.kind().toString());
        json.writeStringProperty("notBefore", certificate.notBefore().toString());
        json.writeStringProperty("notAfter", certificate.notAfter().toString());
        json.writeStringProperty("source", certificate.source());
        json.writeStringProperty("state", certificate.state().name().toLowerCase(Locale.ROOT));
        write("problems", certificate.problems(), json);
        json.writeEndObject();
    }

    private static void write(String name, List<String> values, JsonGenerator json) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
