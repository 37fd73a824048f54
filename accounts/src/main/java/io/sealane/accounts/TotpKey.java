package io.sealane.accounts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The key of an account's one-time passwords, shared with the user's own device (TOTP, RFC 6238):
/// HMAC-SHA-1, six digits, a new password every 30 seconds since 1970, which is what every
/// authenticator app takes without being told. Never printed. Immutable.
public final class TotpKey {
    /// Digits of a one-time password.
    public static final int DIGITS = 6;

    /// Seconds that a one-time password belongs to (RFC 6238 section 4.1, time step X).
    public static final int STEP_SECONDS = 30;

    /// Octets of a new key: the length of the hash (RFC 4226 section 4, R6).
    public static final int OCTETS = 20;

    /// Shortest key: 128 bits (RFC 4226 section 4, R6).
    public static final int OCTETS_MIN = 16;

    /// Longest key: HMAC hashes those that are longer than its block.
    public static final int OCTETS_MAX = 64;

    /// Time steps to either side that are taken as well: the device's clock may be off by as much,
    /// and typing takes its time (RFC 6238 section 5.2).
    private static final int STEPS_AROUND = 1;

    private static final String HMAC = "HmacSHA1";
    private static final int MODULUS = 1_000_000;

    private final byte[] octets;

    private TotpKey(byte[] octets) {
        if (octets.length < OCTETS_MIN || octets.length > OCTETS_MAX) {
            throw new IllegalArgumentException(
                    "a key of %d octets; allowed: %d to %d"
                            .formatted(octets.length, OCTETS_MIN, OCTETS_MAX));
        }
        this.octets = octets;
    }

    /// @throws IllegalArgumentException if there are too few octets or too many
    public static TotpKey of(byte[] octets) {
        return new TotpKey(octets.clone());
    }

    public static TotpKey random(SecureRandom random) {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        return new TotpKey(octets);
    }

    /// The key itself, for its store and for the one time that it is shown to its user.
    public byte[] expose() {
        return octets.clone();
    }

    /// The time step of a moment.
    public static long stepOf(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), STEP_SECONDS);
    }

    /// The one-time password of a time step: six digits.
    public String passwordOf(long step) {
        byte[] hash = hash(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = hash[hash.length - 1] & 0xF; // RFC 4226 section 5.3, dynamic truncation
        int truncated = ByteBuffer.wrap(hash).getInt(offset) & 0x7FFF_FFFF;
        return String.format(Locale.ROOT, "%06d", truncated % MODULUS);
    }

    /// The time step about `now` that `password` is of; empty if it is of none. Takes the same time
    /// whichever it is.
    OptionalLong stepOf(String password, Instant now) {
        byte[] given = password.getBytes(StandardCharsets.US_ASCII);
        long current = stepOf(now);
        OptionalLong found = OptionalLong.empty();
        for (long step = current - STEPS_AROUND; step <= current + STEPS_AROUND; step++) {
            byte[] right = passwordOf(step).getBytes(StandardCharsets.US_ASCII);
            if (MessageDigest.isEqual(given, right)) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    private byte[] hash(byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(octets, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + HMAC, impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TotpKey key && MessageDigest.isEqual(octets, key.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "***";
    }
}
