package io.sealane.config;

/// A key's value together with where it comes from, so that a check across keys can name a line.
///
/// @param value what to go on with; a stand-in if `origin` is [Origin#BAD]
record Setting<T>(Place place, T value, Origin origin) {
    enum Origin {
        /// The file says so.
        FILE,
        /// The file says nothing.
        DEFAULT,
        /// The file says something wrong, which is reported. Checks across keys leave it alone.
        BAD
    }

    /// This setting, where a default hangs on `other`: a default made of a stand-in is no better.
    Setting<T> defaultedBy(Setting<?> other) {
        return origin == Origin.DEFAULT && !other.isGood()
                ? new Setting<>(place, value, Origin.BAD)
                : this;
    }

    boolean isGood() {
        return origin != Origin.BAD;
    }

    boolean isFromFile() {
        return origin == Origin.FILE;
    }
}
