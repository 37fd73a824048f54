package io.sealane.core.tls;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A connected byte stream in both directions, plain or TLS. At most one thread reads and one
/// writes at a time; [#close] may come from any thread and ends both with an [IOException].
public sealed interface Transport extends Closeable permits PlainTransport, TlsTransport {
    /// Reads what is there, waiting for at least one byte. Blocks.
    ///
    /// @return bytes read, or -1 when the peer ended its half; [#inboundEnd] then says how
    /// @throws IOException if the connection broke
    int read(ByteBuffer target) throws IOException;

    /// Writes all of `source`. Blocks.
    void write(ByteBuffer source) throws IOException;

    /// How the peer's half ended; valid once [#read] returned -1.
    StreamEnd inboundEnd();

    /// Gives back what reading takes: nothing is read by this any more. From any thread.
    void doneReading();

    /// Ends our half in order: close_notify where there is TLS, then FIN. Idempotent. Blocks.
    void closeOutput() throws IOException;

    /// Closes the connection at once, with nothing said: on a TLS connection whose output was not
    /// closed the peer sees a truncated stream. Idempotent, from any thread.
    @Override
    void close();
}
