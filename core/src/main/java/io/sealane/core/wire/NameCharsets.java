package io.sealane.core.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The character sets of names on one control connection, in commands, replies and listings. UTF-8
/// is the rule (RFC 2640 section 2.2); a legacy one is for clients that are older than that.
///
/// @param current in use now
/// @param legacy what `OPTS UTF8 OFF` goes over to; none if that is refused
/// @param initial in use where nothing was said
public record NameCharsets(Charset current, Optional<Charset> legacy, Charset initial) {
    public static final NameCharsets UTF_8_ALONE =
            new NameCharsets(StandardCharsets.UTF_8, Optional.empty(), StandardCharsets.UTF_8);

    /// For a client that begins with UTF-8, and may go over to `legacy`.
    public static NameCharsets offering(Charset legacy) {
        return new NameCharsets(
                StandardCharsets.UTF_8, Optional.of(legacy), StandardCharsets.UTF_8);
    }

    /// For a client that begins with `legacy`, and may go over to UTF-8.
    public static NameCharsets beginningWith(Charset legacy) {
        return new NameCharsets(legacy, Optional.of(legacy), legacy);
    }

    /// The octets of a line that names may be in. Characters that `charset` does not have are
    /// escaped as `{U+1F600}`, which [#decodeName] undoes.
    public static byte[] encode(String line, Charset charset) {
        boolean hasAll = charset.equals(StandardCharsets.UTF_8);
        return (hasAll ? line : NameEscapes.escape(line, charset)).getBytes(charset);
    }

    /// A name in a command that was sent in `charset`, as it was meant.
    static String decodeName(String text, Charset charset) {
        boolean hasAll = charset.equals(StandardCharsets.UTF_8);
        return hasAll ? text : NameEscapes.unescape(text, charset);
    }

    /// After `OPTS UTF8 ON`.
    public NameCharsets utf8() {
        return new NameCharsets(StandardCharsets.UTF_8, legacy, initial);
    }

    /// After `OPTS UTF8 OFF`.
    public Optional<NameCharsets> off() {
        return legacy.map(charset -> new NameCharsets(charset, legacy, initial));
    }

    /// As if nothing had been said.
    public NameCharsets afresh() {
        return new NameCharsets(initial, legacy, initial);
    }
}
