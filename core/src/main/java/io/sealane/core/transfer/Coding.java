package io.sealane.core.transfer;

/// How the octets of a representation travel on the data connection: the transmission mode (RFC 959
/// section 3.4) with all that a transfer needs to know of it.
public sealed interface Coding {
    /// MODE S: as they are.
    record Stream() implements Coding {}

    /// MODE Z: as one zlib stream.
    ///
    /// @param level of zlib, 0 to 9, for what is sent
    /// @param expansionMax how many times longer than what travelled an upload may become
    record Deflate(int level, int expansionMax) implements Coding {}
}
