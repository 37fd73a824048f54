package io.sealane.accounts;

import java.time.Duration;

/// How much password hashing may go on at once, and how long its outcome is remembered.
///
/// @param hashThreads hashes computed at once; each holds a processor, and 19 MiB with Argon2id's
///   defaults
/// @param hashesWaitingMax hashes that may wait for a thread; further ones are refused
/// @param verifiedMax verified credentials remembered; the oldest is forgotten first
/// @param verifiedFor for how long a verified credential is remembered, whether used or not
public record VerificationLimits(
        int hashThreads, int hashesWaitingMax, int verifiedMax, Duration verifiedFor) {
    /// At 30 ms a hash and one thread, the last of 256 waits for 8 seconds: far within the 60 that
    /// a client has to log in.
    public static final int HASHES_WAITING_MAX_DEFAULT = 256;

    /// About 150 bytes each: a megabyte and a half.
    public static final int VERIFIED_MAX_DEFAULT = 10_000;

    /// Covers the parallel connections and reconnects of one transfer queue, no more.
    public static final Duration VERIFIED_FOR_DEFAULT = Duration.ofMinutes(5);

    /// Longest time for which a verified credential may be remembered.
    public static final Duration VERIFIED_FOR_MAX = Duration.ofDays(1);

    public VerificationLimits {
        requirePositive("hashThreads", hashThreads);
        requirePositive("hashesWaitingMax", hashesWaitingMax);
        requirePositive("verifiedMax", verifiedMax);
        if (!verifiedFor.isPositive() || verifiedFor.compareTo(VERIFIED_FOR_MAX) > 0) {
            throw new IllegalArgumentException(
                    "verifiedFor=" + verifiedFor + " is not within 0 to " + VERIFIED_FOR_MAX);
        }
    }

    /// The defaults: half of the processors hash, so that logins cannot take all of them from the
    /// transfers.
    public static VerificationLimits forProcessors(int processors) {
        return new VerificationLimits(
                Math.max(1, processors / 2),
                HASHES_WAITING_MAX_DEFAULT,
                VERIFIED_MAX_DEFAULT,
                VERIFIED_FOR_DEFAULT);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + "=" + value + " is less than 1");
        }
    }
}
