package io.sealane.testkit;

/// How the peer ended its half of a connection, as seen by the reader.
public enum PeerEnd {
    /// A TLS close_notify alert was read, whatever followed it.
    CLOSE_NOTIFY,
    /// TCP FIN: the orderly end of a plain stream, a truncation of a TLS stream.
    FIN,
    /// TCP RST.
    RESET,
    /// No end was seen within the time given.
    STILL_OPEN
}
