package io.sealane.config;

/// What is on disk when an upload is answered with 226.
public enum Durability implements ConfigWord {
    /// Content and name are forced to the device: they survive a power failure.
    FSYNC,
    /// They are with the operating system: they survive the server's end, not the machine's.
    FLUSH
}
