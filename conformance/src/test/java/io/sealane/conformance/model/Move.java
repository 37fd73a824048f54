package io.sealane.conformance.model;

import io.sealane.testkit.Ending;
import java.util.List;

/// One thing that the client does. Any move can be made in any state, so a play from which moves
/// were taken out is still one. A client that is not connected connects first.
sealed interface Move {
    /// Sends lines in one piece and takes what is due for each. In a line, `${port}` and `${eprt}`
    /// stand for an address at which the client then listens.
    ///
    /// @param lines a character for each octet, ends of lines included
    /// @param peer what the data peer does if a transfer begins
    record Say(List<String> lines, Peer peer) implements Move {}

    /// Sends lines and ends the control connection at once.
    record Drop(List<String> lines, Ending ending) implements Move {}

    /// How the client behaves on a data connection.
    ///
    /// @param bytes length of an upload
    /// @param seed of its content
    /// @param during lines said behind the preliminary reply
    record Peer(Arrival arrival, Act act, int bytes, long seed, List<String> during) {}

    /// When the client connects to a passive port.
    enum Arrival {
        /// Ahead of the command.
        EARLY,
        /// Ahead of the command, and shakes hands at once.
        SHAKEN,
        /// After the preliminary reply.
        LATE
    }

    /// What the client does with a data connection.
    enum Act {
        /// All of it, in order.
        WHOLE,
        /// RST in the middle.
        RESET,
        /// FIN without close_notify: in the middle of an upload, at the start of a download.
        FIN,
        /// Sends on a connection that it should only receive on, and then takes all.
        TALKS,
        /// Half of it, and then ABOR.
        ABORTED,
        /// No connection at all, and then ABOR.
        STAYS_AWAY,
        /// Clear text where TLS is due; else as [#WHOLE].
        CLEAR_TEXT,
        /// Connects and leaves before TLS begins; else as [#WHOLE].
        LEAVES_AT_ONCE,
        /// Ends the control connection in the middle.
        DROPS_CONTROL
    }
}
