package io.sealane.core.work;

/// How far a piece of work has come, and whether anybody still wants it. Its own thread counts; any
/// other looks at [#octets] or calls [#abort].
public final class WorkProgress {
    private long soFar;

    /// What others see of `soFar`, which only the work's thread touches.
    private volatile long octets;

    private volatile boolean aborted;

    /// Octets dealt with so far.
    public long octets() {
        return octets;
    }

    /// Has the work end at its next chunk.
    public void abort() {
        aborted = true;
    }

    /// Counts a chunk.
    ///
    /// @throws AbortedException after [#abort]
    public void moved(long more) throws AbortedException {
        soFar += more;
        octets = soFar;
        if (aborted) {
            throw new AbortedException();
        }
    }
}
