package io.sealane.core.data;

import io.sealane.core.tls.ProtectionLevel;
import java.io.Closeable;

/// What PASV, EPSV, PORT or EPRT set up for the next transfer. A session has one at most. Closing
/// it ends whatever came of it, unless [#take] handed a connection over before.
public sealed interface DataOffer extends Closeable permits PassiveOffer, ActiveOffer {
    /// Which way the octets will go.
    enum Direction {
        TO_CLIENT,
        FROM_CLIENT
    }

    /// Notes a change of PROT. A connection that came about under the other level is dropped.
    void protect(ProtectionLevel level);

    /// Gets as far as can be before the preliminary reply is due, on the transfer's thread:
    /// connects in active mode; finishes a handshake whose ClientHello is here already. Does not
    /// wait for what the client may only do after it saw the 150.
    void prepare(Direction direction) throws DataConnectionException;

    /// Waits for the connection and its handshake, and hands it over.
    DataConnection take() throws DataConnectionException;

    /// Ends it for a transfer command that is refused: as [#close], but for a connection that is
    /// there already. A client that is shaking hands on it, or is about to send, would hear of the
    /// end of that before it reads the reply; so it is read from until the client ends it, for
    /// [Limits#linger] at most, or until [#close].
    void dismiss();

    /// Idempotent, from any thread; wakes [#prepare] and [#take].
    @Override
    void close();
}
