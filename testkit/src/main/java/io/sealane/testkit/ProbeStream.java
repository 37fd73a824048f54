package io.sealane.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// A byte stream to the server of which the test sees every end. One reading and one writing thread
/// at most. Reads are bounded in time, writes are not: a test that writes into a stalled server
/// needs a limit of its own.
public sealed interface ProbeStream extends AutoCloseable permits ProbePlain, ProbeTls {
    /// Reads at least one byte; -1 at the end, which [#peerEnd()] then names.
    ///
    /// @throws ProbeTimeout if nothing came in time
    int read(byte[] target, Duration timeout) throws IOException;

    /// Sends all bytes in one write (under TLS in as few records as hold them).
    void write(byte[] source, int offset, int length) throws IOException;

    /// Ends the probe's half. Reading goes on, except after [Ending#RESET].
    void finish(Ending ending) throws IOException;

    /// Returns the end of the peer's half, once a read has met it.
    Optional<PeerEnd> peerEnd();

    /// Returns what the handshake settled, empty for a stream in the clear.
    Optional<TlsFacts> tls();

    /// Closes the socket and says nothing: a bare FIN, or RST where unread bytes wait.
    @Override
    void close() throws IOException;

    default void write(byte[] source) throws IOException {
        write(source, 0, source.length);
    }

    /// Reads to the end, into memory.
    ///
    /// @throws ProbeTimeout if the stream is silent for `timeout`
    default byte[] readToEnd(Duration timeout) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        for (int count = read(buffer, timeout); count >= 0; count = read(buffer, timeout)) {
            all.write(buffer, 0, count);
        }
        return all.toByteArray();
    }
}
