package io.sealane.config;

/// Compression of data connections (MODE Z).
///
/// @param level of zlib for clients that do not choose one, 1 to 9
/// @param expansionMax how many times longer than what travelled an upload may become, 10 to 1100
public record CompressionConfig(ModeZ modeZ, int level, int expansionMax) {
    static final Bounds<Integer> LEVEL = new Bounds<>(1, 9);

    /// zlib itself comes to 1032 at most.
    static final Bounds<Integer> EXPANSION_MAX = new Bounds<>(10, 1100);

    public static final CompressionConfig DEFAULTS =
            new CompressionConfig(ModeZ.CLEAR_ONLY, 6, 1000);

    public CompressionConfig {
        LEVEL.require("level", level);
        EXPANSION_MAX.require("expansionMax", expansionMax);
    }
}
