package io.sealane.core.data;

import io.sealane.core.tls.SessionProof;
import io.sealane.core.tls.TlsFacts;
import io.sealane.core.tls.Transport;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An established data connection. Owned by the thread of one transfer, which ends it in one of two
/// ways: [#finish] after a success, [#abort] otherwise. [#abort] may come from any thread and wakes
/// the owner with an [IOException].
public final class DataConnection implements AutoCloseable {
    /// Who is at the other end.
    public enum Peer {
        CLIENT,
        /// From the client's address, and without the certificate that the control connection's
        /// client has shown.
        OTHER_CLIENT,
        /// One of [OtherServers], which knows nothing of the control connection's TLS session.
        OTHER_SERVER
    }

    /// What the client said of earlier TLS sessions.
    public enum Offered {
        /// It began afresh.
        NOTHING,
        /// It offered to resume one.
        A_SESSION
    }

    /// Read at once of what nobody wants.
    private static final int DRAIN_OCTETS = 4096;

    /// Of what mostly comes alone: a close_notify, or nothing.
    private static final int END_OCTETS = 64;

    private final SocketChannel channel;
    private final Transport transport;
    private final Optional<TlsFacts> tls;
    private final Peer peer;
    private final SessionProof proof;
    private final Offered offered;
    private final Function<Runnable, Lingering.Stay> lingering;
    private final SendQueues queues;
    private volatile @Nullable Selector writability;
    private volatile boolean aborted;

    /// @param tls what the handshake of `transport` came to
    /// @param lingering counts it while it is drained, and says when it has to [#leave]
    DataConnection(
            SocketChannel channel,
            Transport transport,
            Optional<TlsFacts> tls,
            Peer peer,
            SessionProof proof,
            Offered offered,
            Function<Runnable, Lingering.Stay> lingering,
            SendQueues queues) {
        this.channel = channel;
        this.transport = transport;
        this.tls = tls;
        this.peer = peer;
        this.proof = proof;
        this.offered = offered;
        this.lingering = lingering;
        this.queues = queues;
    }

    public Peer peer() {
        return peer;
    }

    public Transport transport() {
        return transport;
    }

    /// What its TLS came to; empty on a clear connection.
    public Optional<TlsFacts> tls() {
        return tls;
    }

    /// What it proves by the TLS session that it resumed.
    public SessionProof proof() {
        return proof;
    }

    /// Whether the client offered to resume a session, be it this control connection's or another.
    public Offered offered() {
        return offered;
    }

    /// Makes the channel non-blocking, for [#awaitWritable].
    ///
    /// Measured: `transferTo` to a blocking channel on a virtual thread holds its carrier while the
    /// peer does not read; four stalled downloads froze a server of two cores.
    public SocketChannel forTransferTo() throws IOException {
        Selector selector = Selector.open();
        writability = selector;
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_WRITE);
        return channel;
    }

    /// Waits until the channel of [#forTransferTo] takes bytes again.
    public void awaitWritable() throws IOException {
        Selector selector = writability;
        if (selector == null) {
            throw new IllegalStateException("forTransferTo comes first");
        }
        if (aborted) {
            throw new AsynchronousCloseException();
        }
        selector.select(); // blocks; abort() wakes it
        selector.selectedKeys().clear();
        if (aborted) {
            throw new AsynchronousCloseException();
        }
    }

    /// Says that this was all: close_notify where there is TLS, then FIN.
    public void finish() throws IOException {
        leaveTransferTo();
        transport.closeOutput();
    }

    /// Reads away what the peer still sends until it ends its half, so that closing does not reset
    /// what it has not read yet. Blocks; whoever bounds it calls [#leave], as [Lingering] does.
    public void drain() {
        transport.doneReading();
        ByteBuffer waste = ByteBuffer.allocate(END_OCTETS);
        try (Lingering.Stay _ = lingering.apply(this::leave)) {
            while (channel.read(waste) >= 0) {
                if (!waste.hasRemaining() && waste.capacity() < DRAIN_OCTETS) {
                    waste = ByteBuffer.allocate(DRAIN_OCTETS); // More than an end comes.
                }
                waste.clear();
            }
        } catch (IOException gone) {
            // The peer has closed or was closed: nothing is left to protect.
        }
    }

    /// Octets that were written and that the peer's system has not acknowledged, a FIN counted as
    /// one; empty if that cannot be told. Costs milliseconds.
    public OptionalLong unacknowledged() {
        return queues.of(channel);
    }

    /// Leaves the connection to the system, which goes on to deliver what was written. From any
    /// thread; behind [#finish].
    public void leave() {
        aborted = true;
        transport.close();
    }

    /// Ends the connection so that the peer cannot take what it got for all there was: no
    /// close_notify, and a reset instead of a FIN.
    public void abort() {
        aborted = true;
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException | UnsupportedOperationException closedAlready) {
            // Then the peer has been told.
        }
        transport.close();
        Selector selector = writability;
        if (selector != null) {
            selector.wakeup(); // Its owner closes it, and with it the last of the channel.
        }
    }

    /// Frees everything; by the owner alone.
    @Override
    public void close() {
        aborted = true;
        transport.close();
        Selector selector = writability;
        if (selector != null) {
            writability = null;
            closeSelector(selector);
        }
    }

    private void leaveTransferTo() throws IOException {
        Selector selector = writability;
        if (selector != null) {
            writability = null;
            closeSelector(selector);
            channel.configureBlocking(true);
        }
    }

    private static void closeSelector(Selector selector) {
        try {
            selector.close();
        } catch (IOException failed) {
            throw new IllegalStateException("a selector that cannot be closed", failed);
        }
    }
}
