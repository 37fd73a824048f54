package io.sealane.config;

/// What TYPE A does to files.
public enum Ascii implements ConfigWord {
    /// Lines end with LF in the store and with CRLF on the wire.
    CONVERT,
    /// Nothing: octets travel as they are, as with TYPE I.
    BINARY
}
