package io.sealane.core.tls;

import java.util.Optional;

/// What a finished handshake negotiated.
///
/// @param version `TLSv1.2` or `TLSv1.3`
/// @param cipher suite name as in the IANA registry
/// @param resumed whether it resumed a session of the same control connection, as told by the
///   engine itself
/// @param client whom the client's certificate showed, also one of the session it resumed; empty if
///   there is none, or nobody asked for one
public record Handshake(
        String version, String cipher, boolean resumed, Optional<ClientIdentity> client) {
    /// Whether it negotiated an older version than `least`.
    public boolean isOlderThan(TlsVersion least) {
        return TlsVersion.ofProtocol(version).filter(least::isAtMost).isEmpty();
    }

    /// For logs: version, cipher, and `resumed` or `full`.
    @Override
    public String toString() {
        return version + " " + cipher + (resumed ? " resumed" : " full");
    }
}
