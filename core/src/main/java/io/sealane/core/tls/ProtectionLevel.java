package io.sealane.core.tls;

/// Levels of PROT that exist for TLS (RFC 4217 section 9): C and P.
public enum ProtectionLevel {
    CLEAR,
    PRIVATE
}
