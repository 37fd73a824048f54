package io.sealane.testkit;

/// When the probe begins the TLS handshake of a data connection.
public enum HandshakeTime {
    /// As soon as it is connected, ahead of the command. Passive modes only.
    BEFORE_COMMAND,
    /// Together with the command, whether the server answers 150 before or after it.
    WITH_COMMAND,
    /// Not until the 1yz reply was read.
    AFTER_PRELIMINARY_REPLY
}
