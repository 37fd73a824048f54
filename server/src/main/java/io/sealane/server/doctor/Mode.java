package io.sealane.server.doctor;

/// Which ways into the server are tried.
public enum Mode {
    EXPLICIT,
    IMPLICIT,
    /// Both.
    AUTO
}
