package io.sealane.core.transfer;

import java.util.OptionalInt;

/// What a session chose for its transfers to come: MODE, and OPTS for MODE Z.
///
/// @param level of zlib, empty if OPTS named none
public record Transmission(Mode mode, OptionalInt level) {
    /// Transmission modes that are served.
    public enum Mode {
        STREAM("S"),
        DEFLATE("Z");

        private final String code;

        Mode(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /// Stream mode is the default of RFC 959 section 3.4.
    public static final Transmission DEFAULTS = new Transmission(Mode.STREAM, OptionalInt.empty());

    public Transmission with(Mode changed) {
        return new Transmission(changed, level);
    }

    public Transmission with(OptionalInt changed) {
        return new Transmission(mode, changed);
    }

    /// The coding of a transfer that begins now.
    public Coding coding(Compression compression) {
        return switch (mode) {
            case STREAM -> new Coding.Stream();
            case DEFLATE ->
                    new Coding.Deflate(
                            level.orElse(compression.level()), compression.expansionMax());
        };
    }
}
