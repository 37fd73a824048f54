package io.sealane.config;

/// The log on standard error.
public record LogConfig(LogFormat format) {
    public static final LogConfig DEFAULTS = new LogConfig(LogFormat.TEXT);
}
