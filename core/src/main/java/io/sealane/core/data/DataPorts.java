package io.sealane.core.data;

import io.sealane.core.data.DataConnectionException.Reason;
import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.Limits;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.PlainTransport;
import io.sealane.core.tls.ProtectionLevel;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsTransport;
import io.sealane.core.wire.AddressText;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// Makes offers of data connections. Ports of the passive range are picked at random, so that
/// nobody can guess the next one (RFC 2577 section 5), and are held by at most one offer each.
///
/// Safe from any thread.
public final class DataPorts {
    /// One client, and where and how it may connect.
    ///
    /// @param session id for the log
    /// @param address the client's address on the control connection
    /// @param localAddress the server's address on the control connection
    public record Client(
            String session, InetAddress address, InetAddress localAddress, DataSecurity security) {}

    /// Random picks before the range is searched from end to end.
    private static final int RANDOM_PICKS = 16;

    private static final int BACKLOG = 5;

    private final PassiveSettings settings;
    private final Limits limits;
    private final Watchdog watchdog;
    private final BufferPool buffers;
    private final EventSink events;
    private final RandomGenerator random;
    private final AtomicLong connections = new AtomicLong();

    /// Guards `inUse`; never held during I/O.
    private final ReentrantLock lock = new ReentrantLock();

    private final BitSet inUse = new BitSet();

    public DataPorts(
            PassiveSettings settings,
            Limits limits,
            Watchdog watchdog,
            BufferPool buffers,
            EventSink events,
            RandomGenerator random) {
        this.settings = settings;
        this.limits = limits;
        this.watchdog = watchdog;
        this.buffers = buffers;
        this.events = events;
        this.random = random;
    }

    /// Opens a port for one data connection of `client`.
    ///
    /// @return empty if no port of the range is free
    public Optional<PassiveOffer> openPassive(Client client, ProtectionLevel level) {
        Optional<ServerSocketChannel> listening =
                settings.systemChooses() ? bind(client, 0) : pick(client);
        return listening.map(channel -> {
            PassiveOffer offer =
                    new PassiveOffer(this, client, channel, channel.socket().getLocalPort(), level);
            offer.start("data-" + client.session() + "-" + connections.incrementAndGet());
            return offer;
        });
    }

    /// Notes where to connect to when the next transfer begins.
    public ActiveOffer openActive(Client client, InetSocketAddress address, ProtectionLevel level) {
        return new ActiveOffer(this, client, address, level);
    }

    /// The address that 227 names.
    ///
    /// Interop: on IPv6 there is none. Node-ftp knows PASV only; 0.0.0.0 sends it, as several other
    /// clients, to the control connection's address, where it works.
    public Inet4Address advertisedAddress(Client client) {
        return settings.advertised()
                .addressFor(client.address())
                .orElseGet(() ->
                        client.localAddress() instanceof Inet4Address own
                                ? own
                                : (Inet4Address) InetAddress.ofLiteral("0.0.0.0"));
    }

    Limits limits() {
        return limits;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    DataConnection plain(SocketChannel channel) {
        return new DataConnection(channel, new PlainTransport(channel));
    }

    /// Takes the TLS handshake of a data connection. On failure the channel is closed.
    DataConnection secured(Client client, SocketChannel channel, ByteBuffer hello)
            throws DataConnectionException {
        Optional<SessionTls> tls = client.security().sessionTls();
        if (tls.isEmpty()) {
            closeQuietly(channel);
            throw new DataConnectionException(Reason.HANDSHAKE_FAILED, "control has no TLS");
        }
        try {
            TlsTransport transport = TlsTransport.data(channel, tls.get(), hello, buffers);
            return new DataConnection(channel, shakeHands(transport));
        } catch (IOException failed) {
            closeQuietly(channel);
            String cause = String.valueOf(failed.getMessage());
            events.accept(new Event.HandshakeFailed(client.session(), "data", cause));
            throw new DataConnectionException(Reason.HANDSHAKE_FAILED, cause);
        }
    }

    private static TlsTransport shakeHands(TlsTransport transport) throws IOException {
        try {
            transport.handshake(); // blocks
            return transport;
        } catch (IOException failed) {
            transport.close();
            throw failed;
        }
    }

    void foreignPeer(Client client, InetAddress from) {
        events.accept(
                new Event.ForeignDataPeer(
                        client.session(), AddressText.of(from), AddressText.of(client.address())));
    }

    static void closeQuietly(Channel channel) {
        try {
            channel.close();
        } catch (IOException failed) {
            // The descriptor is gone either way; what was to be said was said.
        }
    }

    private Optional<ServerSocketChannel> pick(Client client) {
        for (int i = 0; i < RANDOM_PICKS; i++) {
            Optional<ServerSocketChannel> channel =
                    tryPort(client, random.nextInt(settings.count()));
            if (channel.isPresent()) {
                return channel;
            }
        }
        int start = random.nextInt(settings.count());
        for (int i = 0; i < settings.count(); i++) {
            Optional<ServerSocketChannel> channel = tryPort(client, (start + i) % settings.count());
            if (channel.isPresent()) {
                return channel;
            }
        }
        return Optional.empty();
    }

    private Optional<ServerSocketChannel> tryPort(Client client, int index) {
        int port = settings.firstPort() + index;
        lock.lock();
        try {
            if (inUse.get(port)) {
                return Optional.empty();
            }
            inUse.set(port);
        } finally {
            lock.unlock();
        }
        Optional<ServerSocketChannel> channel = bind(client, port);
        if (channel.isEmpty()) {
            release(port);
        }
        return channel;
    }

    /// Makes a port that is closed available again.
    void release(int port) {
        lock.lock();
        try {
            inUse.clear(port);
        } finally {
            lock.unlock();
        }
    }

    private Optional<ServerSocketChannel> bind(Client client, int port) {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(bindAddress(client, port), BACKLOG);
            return Optional.of(channel);
        } catch (IOException taken) {
            if (channel != null) {
                closeQuietly(channel);
            }
            return Optional.empty();
        }
    }

    /// The control connection's own address; every address where another one is advertised, because
    /// then a translator between us and the client decides where it arrives.
    private InetSocketAddress bindAddress(Client client, int port) {
        return settings.advertised().addressFor(client.address()).isPresent()
                ? new InetSocketAddress(port)
                : new InetSocketAddress(client.localAddress(), port);
    }
}
