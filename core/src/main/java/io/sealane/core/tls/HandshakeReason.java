package io.sealane.core.tls;

import java.util.Locale;

/// Why a TLS handshake came to nothing. [#code] is what log lines carry: it stays as it is from
/// version to version, and is the same for every TLS library.
public enum HandshakeReason {
    /// None of the TLS versions that the client offered is served by the listener.
    NO_COMMON_VERSION,
    /// A version would do, but none of the cipher suites that the client offered, or none that goes
    /// with the server's certificate.
    NO_COMMON_CIPHER,
    /// None of the groups of key exchange that the client offered is served.
    NO_COMMON_GROUP,
    /// The client takes no signature that the key of the server's certificate can make.
    NO_COMMON_SIGNATURE,
    /// The client came back with an older version than it knows (TLS_FALLBACK_SCSV, RFC 7507), and
    /// the listener serves a newer one: somebody on the way may have kept the two from it.
    INAPPROPRIATE_FALLBACK,
    /// The client named application protocols (ALPN), and the one of the session was not among
    /// them.
    ALPN_MISMATCH,
    /// The client asked for a server name (SNI) that there is no certificate for, where `tls.sni`
    /// is strict.
    UNKNOWN_SERVER_NAME,
    /// A client's certificate was required, and there is none.
    CLIENT_CERTIFICATE_MISSING,
    /// No path leads from the client's certificate to a trusted authority.
    CLIENT_CERTIFICATE_UNTRUSTED,
    /// The client's certificate is out of date.
    CLIENT_CERTIFICATE_EXPIRED,
    /// The client's certificate is for later.
    CLIENT_CERTIFICATE_NOT_YET_VALID,
    /// The client's certificate was made for something else than TLS clients.
    CLIENT_CERTIFICATE_WRONG_USE,
    /// The client's certificate, or an authority between it and the trusted one, is on a revocation
    /// list.
    CLIENT_CERTIFICATE_REVOKED,
    /// The client showed more certificates beside its own than are looked at.
    CLIENT_CHAIN_TOO_LONG,
    /// The client's certificate cannot be understood.
    CLIENT_CERTIFICATE_BROKEN,
    /// The client proves that the certificate is its own by a signature with MD5 or SHA-1 (RFC 9155
    /// section 5).
    CLIENT_SIGNATURE_WEAK,
    /// Revocation lists are configured, and there is none of one of the authorities on the path of
    /// the client's certificate.
    CLIENT_CRL_MISSING,
    /// The revocation list of one of those authorities should have been renewed.
    CLIENT_CRL_EXPIRED,
    /// What came first was no TLS record, but another protocol.
    NOT_TLS,
    /// A handshake record came, but no sound ClientHello in it.
    BROKEN_CLIENT_HELLO,
    /// The client ended the handshake by a fatal alert, whose name follows: the code is
    /// `client-alert-unknown-ca`, `client-alert-bad-certificate` and so on (RFC 8446 section 6.2).
    /// It mostly means that the client does not trust the server's certificate.
    CLIENT_ALERT,
    /// The same by the other server, where this one is the TLS client (SSCN, CPSV):
    /// `server-alert-handshake-failure` and so on.
    SERVER_ALERT,
    /// The client broke the protocol behind its ClientHello, or the TLS library failed; the detail
    /// is the library's own.
    PROTOCOL_ERROR,
    /// The handshake was not over within `limits.handshake`.
    HANDSHAKE_TIMEOUT,
    /// The client reset the connection, or the network broke it.
    CONNECTION_RESET,
    /// The client closed the connection in the middle, without an alert.
    CONNECTION_CLOSED,
    /// This side gave the connection up: the session ended, aborted the transfer, or asked for
    /// another data connection.
    ABANDONED,
    /// The server has no usable certificate, or a data connection came whose control connection has
    /// no TLS.
    TLS_UNAVAILABLE;

    /// Whether the two ends did not come to terms, and will not the next time either: not an
    /// accident on the way, and nothing about who the client is.
    public boolean isDisagreement() {
        return switch (this) {
            case NO_COMMON_VERSION,
                    NO_COMMON_CIPHER,
                    NO_COMMON_GROUP,
                    NO_COMMON_SIGNATURE,
                    INAPPROPRIATE_FALLBACK,
                    ALPN_MISMATCH,
                    UNKNOWN_SERVER_NAME,
                    NOT_TLS,
                    BROKEN_CLIENT_HELLO,
                    CLIENT_ALERT,
                    SERVER_ALERT,
                    PROTOCOL_ERROR ->
                    true;
            case CLIENT_CERTIFICATE_MISSING,
                    CLIENT_CERTIFICATE_UNTRUSTED,
                    CLIENT_CERTIFICATE_EXPIRED,
                    CLIENT_CERTIFICATE_NOT_YET_VALID,
                    CLIENT_CERTIFICATE_WRONG_USE,
                    CLIENT_CERTIFICATE_REVOKED,
                    CLIENT_CHAIN_TOO_LONG,
                    CLIENT_CERTIFICATE_BROKEN,
                    CLIENT_SIGNATURE_WEAK,
                    CLIENT_CRL_MISSING,
                    CLIENT_CRL_EXPIRED,
                    HANDSHAKE_TIMEOUT,
                    CONNECTION_RESET,
                    CONNECTION_CLOSED,
                    ABANDONED,
                    TLS_UNAVAILABLE ->
                    false;
        };
    }

    /// The word for the log.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
