package io.sealane.core.tls;

/// Which side of a TLS handshake this server is on a data connection.
public enum TlsRole {
    /// As RFC 4217 section 7 has it, whoever connects.
    SERVER,
    /// Towards another server, which is the TLS server (SSCN, CPSV).
    CLIENT
}
