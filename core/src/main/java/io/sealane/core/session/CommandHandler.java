package io.sealane.core.session;

import io.sealane.core.data.DataPorts;
import io.sealane.core.wire.CommandLine;
import java.util.Optional;

/// Decides what a command leads to. No socket in sight: it reads the command and the state, asks
/// the store, and answers. Called by whoever has the session's turn; may block on the store.
public interface CommandHandler {
    /// @param occupation what the session does beside
    Outcome handle(CommandLine command, SessionState state, Occupation occupation);

    /// Looks after a session whose client says nothing. Blocks.
    ///
    /// @return how it ends, if it has to
    Optional<Outcome.Left> lookAfter(SessionState state);

    /// Makes the one that decides for one session.
    @FunctionalInterface
    interface Factory {
        CommandHandler create(DataPorts.Client client, SessionSetup setup);
    }

    /// Whether something of an earlier command is under way.
    enum Occupation {
        NONE,
        /// A transfer or a work, which its session must outlive.
        RUNNING
    }
}
