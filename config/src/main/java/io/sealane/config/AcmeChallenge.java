package io.sealane.config;

/// How a server proves to an ACME authority that a name is its own.
public enum AcmeChallenge implements ConfigWord {
    /// By a file that the authority gets from port 80 of the name (RFC 8555 section 8.3).
    HTTP_01,
    /// By a certificate that the authority is shown on port 443 of the name (RFC 8737).
    TLS_ALPN_01
}
