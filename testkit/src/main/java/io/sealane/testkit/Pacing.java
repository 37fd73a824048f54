package io.sealane.testkit;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// In which pieces the probe hands its bytes to TCP (or to TLS, where each piece is a record). The
/// kernel may still join pieces; the pause between them makes that rare on loopback.
public sealed interface Pacing {
    /// The pause between pieces: enough for the server's thread to wake up, short enough for a
    /// transcript of 1,000 bytes to take a tenth of a second.
    long PAUSE_NANOS = 100_000;

    static Pacing whole() {
        return new Whole();
    }

    static Pacing byteByByte() {
        return new ByteByByte();
    }

    static Pacing randomChunks(long seed) {
        return new RandomChunks(seed);
    }

    /// Each line in one write.
    record Whole() implements Pacing {}

    /// Each byte in a write of its own.
    record ByteByByte() implements Pacing {}

    /// Each line in pieces of random length, the same ones for the same seed and line.
    record RandomChunks(long seed) implements Pacing {}

    /// Writes all bytes in this pacing's pieces.
    default void write(ProbeStream stream, byte[] bytes) throws IOException {
        switch (this) {
            case Whole() -> stream.write(bytes);
            case ByteByByte() -> {
                for (int i = 0; i < bytes.length; i++) {
                    stream.write(bytes, i, 1);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            case RandomChunks(long seed) -> writeChunks(stream, bytes, seed);
        }
    }

    private static void writeChunks(ProbeStream stream, byte[] bytes, long seed)
            throws IOException {
        RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom")
                        .create(seed * 31 + Arrays.hashCode(bytes));
        int sent = 0;
        while (sent < bytes.length) {
            int length = 1 + random.nextInt(bytes.length - sent);
            stream.write(bytes, sent, length);
            sent += length;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
