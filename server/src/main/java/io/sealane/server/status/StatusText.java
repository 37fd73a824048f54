package io.sealane.server.status;

import io.sealane.core.server.FtpServer.BoundPort;
import io.sealane.core.wire.AddressText;
import io.sealane.server.certificate.CertificateStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The status for people.
final class StatusText {
    private StatusText() {}

    /// Lines, each with its end.
    static String of(ServerStatus status) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "running since %s, for %s"
                        .formatted(
                                status.startedAt().truncatedTo(ChronoUnit.SECONDS),
                                amount(Duration.between(status.startedAt(), status.now()))));
        lines.add("TLS: " + status.tlsProvider());
        lines.add("sessions: " + status.sessions());
        status.ports().forEach(port -> lines.add(line(port)));
        for (CertificateStatus certificate : status.certificates()) {
            lines.add(line(certificate, status.now()));
            certificate.problems().forEach(problem -> lines.add("  " + problem));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String line(BoundPort port) {
        return "listener %s: %s on %s"
                .formatted(port.listener(), port.mode(), AddressText.of(port.address()));
    }

    private static String line(CertificateStatus certificate, Instant now) {
        Duration left = Duration.between(now, certificate.notAfter());
        return "certificate %s: %s, %s, for %s, until %s (%s), %s"
                .formatted(
                        certificate.label(),
                        certificate.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        certificate.kind(),
                        certificate.names().isEmpty()
                                ? "any name"
                                : String.join(" ", certificate.names()),
                        certificate.notAfter(),
                        left.isNegative() ? "over" : amount(left),
                        certificate.source());
    }

    /// In the largest unit of which there are two.
    private static String amount(Duration time) {
        if (time.toDays() > 1) {
            return time.toDays() + " days";
        }
        return time.toHours() > 1 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
    }
}
