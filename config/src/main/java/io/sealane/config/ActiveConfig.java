package io.sealane.config;

/// Active transfers, where the server connects to the client (PORT, EPRT).
///
/// @param enabled whether PORT and EPRT are served at all
/// @param sourcePort where the connections come from
public record ActiveConfig(boolean enabled, SourcePort sourcePort) {
    public static final ActiveConfig DEFAULTS = new ActiveConfig(true, SourcePort.STANDARD);
}
