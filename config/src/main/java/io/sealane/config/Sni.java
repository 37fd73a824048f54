package io.sealane.config;

/// What a client gets that asks for a server name (SNI, RFC 6066 section 3) no certificate has.
/// Clients that ask for none are served either way.
public enum Sni implements ConfigWord {
    /// The default certificate.
    LENIENT,
    /// The alert `unrecognized_name`.
    STRICT
}
