package io.sealane.config;

/// Whether a certificate comes with its authority's word that it is not revoked (OCSP stapling, RFC
/// 6066 section 8).
public enum Ocsp implements ConfigWord {
    /// Where the certificate names an OCSP responder.
    AUTO,
    OFF
}
