package io.sealane.store.sql;

/// What one Argon2id hash costs, and how long its salt and tag are. The bounds keep a stored hash
/// that someone tampered with from taking the server's memory or hours of its time.
///
/// @param memoryKib memory in KiB
/// @param iterations passes over that memory
/// @param parallelism lanes; computed one after the other here
/// @param saltBytes length of the salt
/// @param tagBytes length of the result
public record Argon2idParameters(
        int memoryKib, int iterations, int parallelism, int saltBytes, int tagBytes) {
    /// The 64 MiB of RFC 9106 section 4, second recommended option.
    public static final int MEMORY_KIB_MAX = 65_536;

    /// RFC 9106 section 3.1: at least 8 KiB for each lane.
    public static final int MEMORY_KIB_PER_LANE_MIN = 8;

    /// Together with the memory: about half a second where the defaults take 30 ms.
    public static final int ITERATIONS_MAX = 10;

    public static final int PARALLELISM_MAX = 8;

    /// RFC 9106 recommends 16; the reference implementation accepts 8.
    public static final int SALT_BYTES_MIN = 8;

    public static final int SALT_BYTES_MAX = 64;

    /// Below 16 bytes a tag could be met by chance sooner than a good password.
    public static final int TAG_BYTES_MIN = 16;

    public static final int TAG_BYTES_MAX = 64;

    /// OWASP's password storage recommendation for Argon2id: 19 MiB, two passes, one lane.
    public static final Argon2idParameters DEFAULTS = new Argon2idParameters(19_456, 2, 1, 16, 32);

    public Argon2idParameters {
        if (!isServed(memoryKib, iterations, parallelism)) {
            throw new IllegalArgumentException(
                    "m=" + memoryKib + ",t=" + iterations + ",p=" + parallelism + " out of bounds");
        }
        if (isOutside(saltBytes, SALT_BYTES_MIN, SALT_BYTES_MAX)) {
            throw new IllegalArgumentException("saltBytes=" + saltBytes + " out of bounds");
        }
        if (isOutside(tagBytes, TAG_BYTES_MIN, TAG_BYTES_MAX)) {
            throw new IllegalArgumentException("tagBytes=" + tagBytes + " out of bounds");
        }
    }

    static boolean isServed(int memoryKib, int iterations, int parallelism) {
        return !isOutside(parallelism, 1, PARALLELISM_MAX)
                && !isOutside(iterations, 1, ITERATIONS_MAX)
                && !isOutside(memoryKib, MEMORY_KIB_PER_LANE_MIN * parallelism, MEMORY_KIB_MAX);
    }

    private static boolean isOutside(int value, int min, int max) {
        return value < min || value > max;
    }
}
