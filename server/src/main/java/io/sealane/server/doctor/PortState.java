package io.sealane.server.doctor;

import java.util.List;

/// What was found behind a port.
///
/// @param doors ways into an FTP server; empty if there is none
/// @param seen why there is none
public record PortState(int port, State state, List<Door> doors, String seen) {
    /// What answers.
    public enum State {
        /// An FTP server.
        FTP,
        /// Nothing listens, or a firewall refuses.
        REFUSED,
        /// No answer at all.
        SILENT,
        /// Something that is no FTP server, or not in the mode that was asked for.
        OTHER
    }

    public PortState {
        doors = List.copyOf(doors);
    }
}
