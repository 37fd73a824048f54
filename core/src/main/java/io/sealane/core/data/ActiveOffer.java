package io.sealane.core.data;

import io.sealane.core.data.DataConnectionException.Reason;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.ProtectionLevel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The client's address for one data connection (PORT, EPRT), to which the server connects when a
/// transfer begins. The server is the TLS server here too (RFC 4217 section 7).
public final class ActiveOffer implements DataOffer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final DataPorts ports;
    private final DataPorts.Client client;
    private final InetSocketAddress address;

    /// Guards the three fields below; never held during I/O.
    private final ReentrantLock lock = new ReentrantLock();

    private ProtectionLevel level;
    private @Nullable SocketChannel peer;
    private boolean closed;

    ActiveOffer(
            DataPorts ports,
            DataPorts.Client client,
            InetSocketAddress address,
            ProtectionLevel level) {
        this.ports = ports;
        this.client = client;
        this.address = address;
        this.level = level;
    }

    @Override
    public void protect(ProtectionLevel newLevel) {
        lock.lock();
        try {
            level = newLevel;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void prepare() throws DataConnectionException {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.bind(new InetSocketAddress(client.localAddress(), 0));
            own(channel);
            int patience = Math.toIntExact(ports.limits().dataConnect().toMillis());
            channel.socket().connect(address, patience); // blocks
        } catch (IOException failed) {
            if (channel != null) {
                DataPorts.closeQuietly(channel);
            }
            throw new DataConnectionException(Reason.NOT_REACHED, describe(failed));
        }
    }

    @Override
    public DataConnection take() throws DataConnectionException {
        SocketChannel channel;
        ProtectionLevel protection;
        lock.lock();
        try {
            if (closed || peer == null) {
                throw new DataConnectionException(Reason.OFFER_CLOSED, "");
            }
            channel = peer;
            protection = level;
        } finally {
            lock.unlock();
        }
        DataConnection connection =
                switch (protection) {
                    case CLEAR -> ports.plain(channel);
                    case PRIVATE -> handshake(channel);
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

    private void own(SocketChannel channel) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("offer closed");
            }
            peer = channel;
        } finally {
            lock.unlock();
        }
    }

    private DataConnection handshake(SocketChannel channel) throws DataConnectionException {
        try (Watchdog.Watch watch =
                ports.watchdog().watch(ports.limits().handshake(), () -> close())) {
            try {
                return ports.secured(client, channel, NOTHING.duplicate());
            } catch (DataConnectionException failed) {
                throw watch.expired()
                        ? new DataConnectionException(Reason.HANDSHAKE_TIMEOUT, "")
                        : failed;
            }
        }
    }

    private static String describe(IOException failure) {
        return String.valueOf(failure.getMessage());
    }
}
