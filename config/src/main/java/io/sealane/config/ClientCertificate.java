package io.sealane.config;

/// Whether the server asks the client for a certificate.
public enum ClientCertificate implements ConfigWord {
    NONE,
    /// Asked for, may be absent.
    OPTIONAL,
    /// Asked for, must be there.
    REQUIRED
}
