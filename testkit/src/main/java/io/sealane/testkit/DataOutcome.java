package io.sealane.testkit;

import java.io.IOException;
import java.util.Optional;

/// What became of the data connection of a transfer. Bytes are those of the content.
public sealed interface DataOutcome {
    /// The command was refused: nothing was sent or read.
    record NotStarted() implements DataOutcome {}

    /// The transfer went to its end; `peerEnd` is how the server ended its half.
    record Ended(PeerEnd peerEnd, long bytes, Optional<TlsFacts> tls) implements DataOutcome {}

    /// The connection or its handshake failed, a fatal TLS alert included.
    record Broken(IOException cause, long bytes) implements DataOutcome {}
}
