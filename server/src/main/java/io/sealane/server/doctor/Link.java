package io.sealane.server.doctor;

import java.io.IOException;

/// Octets in both directions, in the clear or by TLS. Belongs to one thread.
sealed interface Link extends AutoCloseable permits Wire, TlsLink {
    /// How the other side ended.
    enum End {
        NONE,
        /// TLS said that nothing follows.
        CLOSE_NOTIFY,
        FIN,
        RESET
    }

    /// Reads at least one octet into `target`.
    ///
    /// @return number of octets; -1 if the other side has ended, [#end] tells how
    /// @throws java.net.SocketTimeoutException if the deadline passes before
    int read(byte[] target, Deadline deadline) throws IOException;

    void write(byte[] octets, Deadline deadline) throws IOException;

    End end();

    @Override
    void close();
}
