package io.sealane.testkit;

import java.time.Duration;
import java.util.List;

/// The faults of one direction, added up: the smallest chunk, the sum of the delays, the end that
/// comes first.
record FaultPlan(int chunkBytesMax, Duration pause, End end, long endAfterBytes) {
    /// Bytes read at a time without a fault.
    private static final int CHUNK_BYTES = 16 * 1024;

    /// Keeps single bytes apart on loopback.
    private static final Duration SEGMENT_PAUSE = Duration.ofNanos(200_000);

    /// What happens once `endAfterBytes` have passed.
    enum End {
        NONE,
        CUT,
        RESET,
        STALL
    }

    static FaultPlan of(List<Fault> faults) {
        FaultPlan plan = new FaultPlan(CHUNK_BYTES, Duration.ZERO, End.NONE, Long.MAX_VALUE);
        for (Fault fault : faults) {
            plan = plan.with(fault);
        }
        return plan;
    }

    private FaultPlan with(Fault fault) {
        return switch (fault) {
            case Fault.Delay(Duration perChunk) -> chunked(chunkBytesMax, perChunk);
            case Fault.ChunkTo(int bytes) -> chunked(bytes, Duration.ZERO);
            case Fault.OneByteSegments() -> chunked(1, SEGMENT_PAUSE);
            case Fault.CutAfter(long bytes) -> ending(End.CUT, bytes);
            case Fault.ResetAfter(long bytes) -> ending(End.RESET, bytes);
            case Fault.StallAfter(long bytes) -> ending(End.STALL, bytes);
        };
    }

    private FaultPlan chunked(int bytes, Duration more) {
        int smaller = Math.min(bytes, chunkBytesMax);
        return new FaultPlan(smaller, pause.plus(more), end, endAfterBytes);
    }

    private FaultPlan ending(End other, long bytes) {
        return bytes < endAfterBytes ? new FaultPlan(chunkBytesMax, pause, other, bytes) : this;
    }
}
