package io.sealane.server.status;

import io.sealane.core.server.FtpServer.BoundPort;
import io.sealane.server.certificate.CertificateStatus;
import java.time.Instant;
import java.util.List;

/// A running server at one moment.
///
/// @param now when this was so
/// @param startedAt when the server began to serve
/// @param tlsProvider library in use
/// @param sessions control connections
/// @param certificates in the order of the configuration; none where no listener speaks TLS
public record ServerStatus(
        Instant now,
        Instant startedAt,
        String tlsProvider,
        int sessions,
        List<BoundPort> ports,
        List<CertificateStatus> certificates) {
    public ServerStatus {
        ports = List.copyOf(ports);
        certificates = List.copyOf(certificates);
    }
}
