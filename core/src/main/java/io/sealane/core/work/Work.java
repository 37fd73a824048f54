package io.sealane.core.work;

import io.sealane.core.wire.Reply;

/// What a command does that may take long and needs no data connection. Runs once, on a thread of
/// its own; opens what it needs and closes it.
@FunctionalInterface
public interface Work {
    /// Blocks.
    ///
    /// @param progress told of every chunk
    /// @return the final reply
    /// @throws AbortedException as thrown by `progress`; all that was begun is undone by then
    Reply run(WorkProgress progress) throws AbortedException;
}
