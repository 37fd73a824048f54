package io.sealane.core.data;

import io.sealane.core.tls.ApplicationProtocols;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.wire.ClientHello;
import java.util.Optional;

/// Where the TLS of data connections comes from: the control connection's, once it speaks TLS.
@FunctionalInterface
public interface DataSecurity {
    Optional<SessionTls> sessionTls();

    /// The TLS of another control connection of the same user, address and listener that
    /// established a session which `hello` offers.
    default Optional<SessionTls> sibling(ClientHello hello) {
        return Optional.empty();
    }

    /// What is spoken inside TLS; the registered protocol where there is none.
    default ApplicationProtocols applicationProtocols() {
        return sessionTls().map(SessionTls::applicationProtocols).orElse(ApplicationProtocols.FTP);
    }

    /// The name of the server that the client gave in the control connection's handshake (SNI, RFC
    /// 6066 section 3); empty where it gave none, or there is no TLS.
    default Optional<String> serverName() {
        return Optional.empty();
    }
}
