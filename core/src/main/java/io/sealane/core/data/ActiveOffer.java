package io.sealane.core.data;

import io.sealane.core.data.DataConnectionException.Reason;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.ProtectionLevel;
import io.sealane.core.tls.TlsRole;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The client's address for one data connection (PORT, EPRT), to which the server connects when a
/// transfer begins. The server is the TLS server here too (RFC 4217 section 7), unless SSCN says
/// otherwise.
public final class ActiveOffer implements DataOffer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final DataPorts ports;
    private final DataPorts.Client client;
    private final InetSocketAddress address;
    private final DataConnection.Peer party;

    /// Guards the three fields below; never held during I/O.
    private final ReentrantLock lock = new ReentrantLock();

    private DataPorts.Security security;
    private @Nullable SocketChannel peer;
    private boolean closed;

    ActiveOffer(
            DataPorts ports,
            DataPorts.Client client,
            InetSocketAddress address,
            DataConnection.Peer party,
            DataPorts.Security security) {
        this.ports = ports;
        this.client = client;
        this.address = address;
        this.party = party;
        this.security = security;
    }

    @Override
    public void protect(ProtectionLevel newLevel) {
        lock.lock();
        try {
            security = security.with(newLevel);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void prepare(Direction direction) throws DataConnectionException {
        try {
            if (!connectFromStandardPort()) {
                connect(0);
            }
        } catch (DataConnectionException closedMeanwhile) {
            throw closedMeanwhile;
        } catch (IOException failed) {
            throw new DataConnectionException(Reason.NOT_REACHED, cause(failed));
        }
    }

    @Override
    public DataConnection take() throws DataConnectionException {
        SocketChannel channel;
        DataPorts.Security protection;
        lock.lock();
        try {
            if (closed || peer == null) {
                throw new DataConnectionException(Reason.OFFER_CLOSED, "");
            }
            channel = peer;
            protection = security;
        } finally {
            lock.unlock();
        }
        DataConnection connection =
                switch (protection.level()) {
                    case CLEAR -> ports.plain(client, channel, party);
                    case PRIVATE -> handshake(channel, protection.role());
                };
        lock.lock();
        try {
            peer = null; // It is the transfer's now.
            closed = true;
        } finally {
            lock.unlock();
        }
        return connection;
    }

    /// Connects for a transfer alone.
    @Override
    public void dismiss() {
        close();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (peer != null) {
                DataPorts.closeQuietly(peer);
                peer = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /// @return whether it is connected; not if the port cannot be bound (it takes a privilege, or
    ///   somebody listens there), or if the last connection from there to the same address and port
    ///   is in TIME_WAIT yet
    private boolean connectFromStandardPort() throws IOException {
        if (ports.activeSettings().sourcePort() == ActiveSettings.SourcePort.ANY) {
            return false;
        }
        try {
            connect(client.standardPort().number());
            return true;
        } catch (BindException notFromThere) {
            return false;
        }
    }

    private void connect(int sourcePort) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            // Many connections share the port, each to another peer.
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(sourceAddress(), sourcePort));
            own(channel);
            int patience = Math.toIntExact(ports.limits().dataConnect().toMillis());
            channel.socket().connect(address, patience); // blocks
        } catch (IOException failed) {
            DataPorts.closeQuietly(channel);
            throw failed;
        }
    }

    /// The control connection's own address; to another server it may have to be one of the other
    /// kind.
    private InetAddress sourceAddress() {
        boolean sameKind = client.localAddress().getClass().equals(address.getAddress().getClass());
        return sameKind ? client.localAddress() : new InetSocketAddress(0).getAddress();
    }

    private void own(SocketChannel channel) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new DataConnectionException(Reason.OFFER_CLOSED, "");
            }
            peer = channel;
        } finally {
            lock.unlock();
        }
    }

    private DataConnection handshake(SocketChannel channel, TlsRole role)
            throws DataConnectionException {
        try (Watchdog.Watch watch =
                ports.watchdog().watch(ports.limits().handshake(), () -> close())) {
            return switch (role) {
                case SERVER ->
                        ports.secured(client, channel, party, NOTHING.duplicate(), watch::expired);
                case CLIENT -> ports.securedAsClient(client, channel, party, watch::expired);
            };
        }
    }

    private static String cause(IOException failure) {
        return switch (failure) {
            case SocketTimeoutException late -> "timed-out";
            case NoRouteToHostException noWay -> "no-route";
            case ConnectException failed ->
                    String.valueOf(failed.getMessage()).contains("refused")
                            ? "refused"
                            : "unreachable";
            default -> "unreachable";
        };
    }
}
