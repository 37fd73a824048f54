package io.sealane.config;

/// Active transfers, where the server connects to the client (PORT, EPRT).
///
/// @param enabled whether PORT and EPRT are served at all
public record ActiveConfig(boolean enabled) {
    public static final ActiveConfig DEFAULTS = new ActiveConfig(true);
}
