package io.sealane.core.tls;

/// How the peer's half of a connection ended.
public enum StreamEnd {
    /// TLS close_notify: the peer says that this was all.
    CLOSE_NOTIFY,
    /// A bare TCP FIN. On a plain connection the only orderly end there is; on a TLS connection
    /// possibly a truncation (RFC 8446 section 6.1).
    FIN,
    /// A FIN within a TLS record: certainly a truncation.
    CUT
}
