package io.sealane.config;

import java.nio.file.Path;

/// Where a configuration comes from.
public sealed interface ConfigSource {
    /// A file, which need not be readable.
    record OfFile(Path file) implements ConfigSource {}

    /// No file: [ConfigDefaults#zeroConfig(Path)].
    record ZeroConfig(Path workingFolder) implements ConfigSource {}
}
