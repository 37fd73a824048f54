package io.sealane.core.session;

import io.sealane.core.wire.CommandLine;

/// Decides what a command leads to. No socket in sight: it reads the command and the state, asks
/// the store, and answers. Called on the session's thread; may block on the store.
@FunctionalInterface
public interface CommandHandler {
    Outcome handle(CommandLine command, SessionState state);
}
