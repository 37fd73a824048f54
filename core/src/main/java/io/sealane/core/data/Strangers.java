package io.sealane.core.data;

import io.sealane.core.data.DataConnectionException.Reason;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.SessionProof;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Connections to one offer from elsewhere than its client's address. Each has a virtual thread and
/// may prove by its TLS handshake that it belongs to the control connection; until one does, the
/// port stays open and none of them is in the way of anybody.
///
/// Safe from any thread.
final class Strangers {
    /// Connections at a time. A client has one; the others are room for those who only look. Each
    /// costs a thread and, once it sent something, the buffers of a handshake.
    static final int STRANGERS_MAX = 8;

    /// Takes the connection of one who has proven it.
    @FunctionalInterface
    interface Door {
        /// @return whether it was taken; if not, it is still the caller's
        boolean enter(SocketChannel channel, DataConnection connection);
    }

    private enum Phase {
        SILENT,
        HANDSHAKING
    }

    private static final class Stranger {
        private final SocketChannel channel;
        private final InetAddress from;
        private Phase phase = Phase.SILENT;

        Stranger(SocketChannel channel, InetAddress from) {
            this.channel = channel;
            this.from = from;
        }
    }

    private final DataPorts ports;
    private final DataPorts.Client client;
    private final Door door;
    private final Consumer<InetAddress> onTurnedAway;

    /// Guards the two fields below and the strangers' phases; never held during I/O.
    private final ReentrantLock lock = new ReentrantLock();

    private final List<Stranger> present = new ArrayList<>();
    private boolean closed;

    /// @param onTurnedAway told of everybody who does not get in
    Strangers(
            DataPorts ports,
            DataPorts.Client client,
            Door door,
            Consumer<InetAddress> onTurnedAway) {
        this.ports = ports;
        this.client = client;
        this.door = door;
        this.onTurnedAway = onTurnedAway;
    }

    /// Lets one try. Where there are too many, the one that has been silent for longest has to go.
    void admit(SocketChannel channel, InetAddress from) {
        Stranger stranger = new Stranger(channel, from);
        Optional<Stranger> leaving;
        lock.lock();
        try {
            leaving = closed ? Optional.of(stranger) : makeRoomFor(stranger);
        } finally {
            lock.unlock();
        }
        leaving.ifPresent(gone -> DataPorts.closeQuietly(gone.channel));
        if (leaving.equals(Optional.of(stranger))) {
            onTurnedAway.accept(from);
            return;
        }
        ports.startThread(client, () -> listenTo(stranger));
    }

    /// Ends them all, and whoever comes later.
    void close() {
        List<Stranger> leaving;
        lock.lock();
        try {
            closed = true;
            leaving = List.copyOf(present);
        } finally {
            lock.unlock();
        }
        leaving.forEach(stranger -> DataPorts.closeQuietly(stranger.channel));
    }

    /// @return who has to leave for it, itself if they all are in their handshakes
    private Optional<Stranger> makeRoomFor(Stranger stranger) {
        if (present.size() < STRANGERS_MAX) {
            present.add(stranger);
            return Optional.empty();
        }
        Optional<Stranger> silent =
                present.stream().filter(other -> other.phase == Phase.SILENT).findFirst();
        if (silent.isEmpty()) {
            return Optional.of(stranger);
        }
        present.remove(silent.get());
        present.add(stranger);
        return silent;
    }

    private void listenTo(Stranger stranger) {
        if (!hasEntered(stranger)) {
            DataPorts.closeQuietly(stranger.channel);
            onTurnedAway.accept(stranger.from);
        }
    }

    private boolean hasEntered(Stranger stranger) {
        try {
            DataConnection connection = prove(stranger);
            boolean proven = connection.proof() == SessionProof.SAME_SESSION;
            // First, so that closing the others does not close it.
            forget(stranger);
            if (proven && door.enter(stranger.channel, connection)) {
                return true;
            }
            connection.abort();
            connection.close();
            return false;
        } catch (IOException refused) {
            return false;
        } finally {
            forget(stranger);
        }
    }

    private DataConnection prove(Stranger stranger) throws IOException {
        // Blocks until it begins, or is closed.
        var hello = ports.firstOctets(client, stranger.channel, DataConnection.Peer.CLIENT);
        lock.lock();
        try {
            if (closed) {
                throw new DataConnectionException(Reason.OFFER_CLOSED, "");
            }
            stranger.phase = Phase.HANDSHAKING;
        } finally {
            lock.unlock();
        }
        try (Watchdog.Watch watch =
                ports.watchdog()
                        .watch(
                                ports.limits().handshake(),
                                () -> DataPorts.closeQuietly(stranger.channel))) {
            return ports.secured(
                    client,
                    stranger.channel,
                    DataConnection.Peer.CLIENT,
                    hello,
                    watch::expired); // blocks
        }
    }

    private void forget(Stranger stranger) {
        lock.lock();
        try {
            present.remove(stranger);
        } finally {
            lock.unlock();
        }
    }
}
