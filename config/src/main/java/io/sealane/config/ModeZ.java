package io.sealane.config;

/// Where data may be compressed (MODE Z).
public enum ModeZ implements ConfigWord {
    OFF,
    /// On data connections without TLS: the length of what is compressed before it is encrypted
    /// tells of its content.
    CLEAR_ONLY,
    ON
}
