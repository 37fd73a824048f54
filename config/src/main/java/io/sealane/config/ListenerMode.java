package io.sealane.config;

/// How a connection to a listener begins.
public enum ListenerMode implements ConfigWord {
    /// In the clear; the client asks for TLS with `AUTH TLS` (RFC 4217).
    EXPLICIT,
    /// With a TLS handshake, before any reply.
    IMPLICIT,
    /// As the client's first byte says: a TLS ClientHello makes the connection implicit; anything
    /// else, or silence for [ListenerConfig#sniff()], makes it explicit.
    AUTO,
    /// In the clear, and so it stays: the listener offers no TLS.
    PLAIN
}
