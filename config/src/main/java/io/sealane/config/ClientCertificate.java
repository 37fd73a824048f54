package io.sealane.config;

/// Whether the server asks the client for a certificate.
public enum ClientCertificate implements ConfigWord {
    NONE,
    /// Asked for, may be absent. Not served by this version.
    OPTIONAL,
    /// Asked for, must be there. Not served by this version.
    REQUIRED
}
