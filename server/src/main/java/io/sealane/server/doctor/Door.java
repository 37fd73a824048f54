package io.sealane.server.doctor;

import java.util.Locale;

/// A way into a server through one of its ports.
public enum Door {
    /// A greeting in the clear, then `AUTH TLS` (RFC 4217 section 4).
    EXPLICIT,
    /// TLS from the first octet.
    IMPLICIT,
    /// A greeting in the clear, and no TLS to be had.
    PLAIN;

    /// As reports write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
