package io.sealane.core.tls;

import java.util.Locale;

/// How a listener begins its conversations.
public enum ListenerMode {
    /// Plain start; TLS after AUTH TLS (RFC 4217).
    EXPLICIT,
    /// TLS from the first byte.
    IMPLICIT,
    /// Both: a ClientHello at once makes a connection implicit, anything else explicit.
    AUTO,
    /// No TLS at all.
    PLAIN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
