package io.sealane.testkit;

/// How the probe ends its own half of a connection.
public enum Ending {
    /// close_notify on a TLS stream, then FIN; on a plain stream FIN.
    ORDERLY,
    /// close_notify only, TCP stays open. On a plain stream nothing is sent.
    CLOSE_NOTIFY_ONLY,
    /// FIN without close_notify.
    FIN,
    /// RST, by closing with SO_LINGER 0. Closes the reading half too.
    RESET,
    /// Nothing is sent and nothing is closed.
    NONE
}
