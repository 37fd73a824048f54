package io.sealane.testkit;

import java.time.Duration;

/// The ways in which a [FaultProxy] misbehaves in one direction. Byte counts are counted from the
/// start of a connection; those that end it act after exactly so many bytes were passed on.
public sealed interface Fault {
    /// Waits before passing on each chunk.
    record Delay(Duration perChunk) implements Fault {}

    /// Passes on at most so many bytes per segment.
    record ChunkTo(int bytes) implements Fault {
        public ChunkTo {
            if (bytes < 1) {
                throw new IllegalArgumentException("a chunk holds at least one byte");
            }
        }
    }

    /// Each byte in a segment of its own, with a pause that keeps the kernel from joining them.
    record OneByteSegments() implements Fault {}

    /// Ends by FIN towards the receiver; what the sender sends further is read and dropped.
    record CutAfter(long bytes) implements Fault {}

    /// Ends by RST towards both.
    record ResetAfter(long bytes) implements Fault {}

    /// Reads no further and passes nothing on, but keeps both connections open.
    record StallAfter(long bytes) implements Fault {}
}
