package io.sealane.core.tls;

import io.sealane.core.wire.ClientHello;
import java.util.Optional;

/// What is known of a connection that has shaken hands. For logs, but for `handshake`.
///
/// @param group of the key exchange, by its name in the IANA registry; `-` if there was none
/// @param serverName the one that the client asked for (SNI, RFC 6066 section 3), or `-`
/// @param applicationProtocol the one of the client's that was chosen, or `-`
public record TlsFacts(
        Handshake handshake, String group, String serverName, String applicationProtocol) {
    private static final String NOTHING = "-";

    /// Of a connection whose other end is the server.
    public static TlsFacts asClient(TlsTransport transport) {
        return new TlsFacts(transport.negotiated(), transport.group(), NOTHING, NOTHING);
    }

    static TlsFacts asServer(TlsTransport transport, Optional<ClientHello> hello) {
        String spoken = transport.applicationProtocol();
        return new TlsFacts(
                transport.negotiated(),
                transport.group(),
                hello.map(ClientOffer::serverName).orElse(NOTHING),
                hello.filter(said -> said.applicationProtocols().contains(spoken))
                        .map(_ -> spoken)
                        .orElse(NOTHING));
    }
}
