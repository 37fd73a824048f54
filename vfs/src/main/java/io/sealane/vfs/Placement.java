package io.sealane.vfs;

/// Where the bytes of an upload go.
public sealed interface Placement {
    /// A new content, in place of whatever was there.
    record Replace() implements Placement {}

    /// After the end of what is there: of the published file, else of the kept partial, else from
    /// nothing.
    record Append() implements Placement {}

    /// From `offset` bytes on, keeping what is before it: of the kept partial if it reaches that
    /// far, else of the published file.
    record RestartAt(long offset) implements Placement {
        public RestartAt {
            if (offset < 0) {
                throw new IllegalArgumentException("negative offset");
            }
        }
    }
}
