package io.sealane.vfs;

/// Where the bytes of an upload go.
public sealed interface Placement {
    /// A new content, in place of whatever was there.
    record Replace() implements Placement {}

    /// The same, but in place of what is there when the upload begins, be it nothing, and of
    /// nothing else: who made it of that would cover what others published meanwhile.
    record ReplaceUnchanged() implements Placement {}

    /// After the end of what is there: of the published file, else of the kept partial, else from
    /// nothing. Where both are there it is refused: either could be meant.
    record Append() implements Placement {}

    /// From `offset` bytes on, keeping what is before it: of the kept partial if there is one, else
    /// of the published file.
    record RestartAt(long offset) implements Placement {
        public RestartAt {
            if (offset < 0) {
                throw new IllegalArgumentException("negative offset");
            }
        }
    }
}
