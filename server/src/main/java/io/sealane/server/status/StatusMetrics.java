package io.sealane.server.status;

import io.sealane.server.certificate.CertificateStatus;
import java.util.Locale;

/// The status for a monitoring system, in the text format of Prometheus, version 0.0.4.
final class StatusMetrics {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private StatusMetrics() {}

    static String of(ServerStatus status) {
        StringBuilder text = new StringBuilder();
        head(text, "sealane_start_time_seconds", "When the server began to serve.");
        text.append("sealane_start_time_seconds ")
                .append(status.startedAt().getEpochSecond())
                .append('\n');
        head(text, "sealane_sessions", "Control connections.");
        text.append("sealane_sessions ").append(status.sessions()).append('\n');
        if (!status.certificates().isEmpty()) {
            head(text, "sealane_certificate_not_after_seconds", "When a certificate ends.");
            for (CertificateStatus certificate : status.certificates()) {
                text.append("sealane_certificate_not_after_seconds{")
                        .append(labels(certificate))
                        .append("} ")
                        .append(certificate.notAfter().getEpochSecond())
                        .append('\n');
            }
            head(text, "sealane_certificate_state", "1 for the state that a certificate is in.");
            status.certificates().forEach(certificate -> states(text, certificate));
        }
        return text.toString();
    }

    private static void head(StringBuilder text, String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
    }

    private static void states(StringBuilder text, CertificateStatus certificate) {
        for (CertificateStatus.State state : CertificateStatus.State.values()) {
            text.append("sealane_certificate_state{")
                    .append(labels(certificate))
                    .append(",state=")
                    .append(quoted(state.name().toLowerCase(Locale.ROOT)))
                    .append("} ")
                    .append(certificate.state() == state ? 1 : 0)
                    .append('\n');
        }
    }

    private static String labels(CertificateStatus certificate) {
        return "certificate="
                + quoted(certificate.label())
                + ",names="
                + quoted(String.join(" ", certificate.names()));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
