package io.sealane.store.sql;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An Argon2id hash in the PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$SALT$TAG`, salt and
/// tag in base64 without padding.
///
/// Parsing is total and strict: one text for one hash. Other versions, other orders, leading zeros,
/// padding, stray bits in the last base64 digit and further parameters are not hashes.
final class PhcString {
    private static final Pattern FORMAT =
            Pattern.compile(
                    "\\$argon2id\\$v=19"
                            + "\\$m=([1-9][0-9]{0,8}),t=([1-9][0-9]{0,8}),p=([1-9][0-9]{0,8})"
                            + "\\$([A-Za-z0-9+/]{11,86})"
                            + "\\$([A-Za-z0-9+/]{22,86})");

    /// Longer than the longest that [#FORMAT] accepts; keeps the pattern off anything huge.
    private static final int LENGTH_MAX = 256;

    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getDecoder();

    private final Argon2idParameters parameters;
    private final byte[] salt;
    private final byte[] tag;

    /// Takes ownership of `salt` and `tag`, which have the lengths that `parameters` tells.
    PhcString(Argon2idParameters parameters, byte[] salt, byte[] tag) {
        this.parameters = parameters;
        this.salt = salt;
        this.tag = tag;
    }

    /// @return empty if `text` is not an Argon2id hash, or its parameters are out of bounds
    static Optional<PhcString> parse(String text) {
        if (text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int memoryKib = Integer.parseInt(parts.group(1));
        int iterations = Integer.parseInt(parts.group(2));
        int parallelism = Integer.parseInt(parts.group(3));
        Optional<byte[]> salt = decode(parts.group(4));
        Optional<byte[]> tag = decode(parts.group(5));
        if (salt.isEmpty()
                || tag.isEmpty()
                || !Argon2idParameters.isServed(memoryKib, iterations, parallelism)) {
            return Optional.empty();
        }
        return Optional.of(
                new PhcString(
                        new Argon2idParameters(
                                memoryKib,
                                iterations,
                                parallelism,
                                salt.get().length,
                                tag.get().length),
                        salt.get(),
                        tag.get()));
    }

    Argon2idParameters parameters() {
        return parameters;
    }

    /// The bytes themselves; not to be changed.
    byte[] salt() {
        return salt;
    }

    /// The bytes themselves; not to be changed.
    byte[] tag() {
        return tag;
    }

    String encode() {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        parameters.memoryKib(),
                        parameters.iterations(),
                        parameters.parallelism(),
                        ENCODER.encodeToString(salt),
                        ENCODER.encodeToString(tag));
    }

    @Override
    public String toString() {
        return "***";
    }

    /// The JDK's decoder lets bits pass that no byte has room for: only text that comes out the
    /// same again is taken.
    private static Optional<byte[]> decode(String text) {
        if (text.length() % 4 == 1) {
            return Optional.empty();
        }
        byte[] bytes = DECODER.decode(text);
        return ENCODER.encodeToString(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    }
}
