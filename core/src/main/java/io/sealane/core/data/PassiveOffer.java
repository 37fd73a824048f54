package io.sealane.core.data;

import io.sealane.core.data.DataConnectionException.Reason;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.ProtectionLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A listening port for one data connection (PASV, EPSV). A virtual thread of its own accepts the
/// client as soon as it comes, and where data is protected takes its handshake at once: some
/// clients finish it before they send the transfer command, others begin it after the 150, and both
/// must work.
///
/// A peer with another address than the client's is turned away and the port stays open: touching
/// it costs the client nothing (RFC 2577 section 3).
public final class PassiveOffer implements DataOffer {
    /// How long a connected client gets to show the ClientHello that it sent with its command.
    /// Interop: Node's clients end an empty upload as soon as they see the 150, handshake done or
    /// not, so it should be done by then.
    private static final long HELLO_GRACE_NANOS = 200_000;

    private static final int HELLO_OCTETS = 2048;

    /// What became of the port; guarded by `lock`.
    private enum Phase {
        LISTENING,
        CONNECTED,
        HANDSHAKING,
        SETTLED,
        CLOSED
    }

    private sealed interface Arrival {
        record Here(DataConnection connection) implements Arrival {}

        record Failed(Reason reason, String detail) implements Arrival {}
    }

    private final DataPorts ports;
    private final DataPorts.Client client;
    private final ServerSocketChannel listening;
    private final int port;
    private final BlockingQueue<Arrival> arrival = new ArrayBlockingQueue<>(1);

    /// Guards the four fields below; never held during I/O.
    private final ReentrantLock lock = new ReentrantLock();

    private Phase phase = Phase.LISTENING;
    private ProtectionLevel level;
    private Watchdog.Watch watch;
    private @Nullable SocketChannel peer;

    private volatile boolean taken;

    /// Zero once nobody waits in accept any more. On a virtual thread a listening socket that is
    /// closed from outside lives until that thread has left it.
    private final CountDownLatch accepting = new CountDownLatch(1);

    PassiveOffer(
            DataPorts ports,
            DataPorts.Client client,
            ServerSocketChannel listening,
            int port,
            ProtectionLevel level) {
        this.ports = ports;
        this.client = client;
        this.listening = listening;
        this.port = port;
        this.level = level;
        this.watch = ports.watchdog().watch(ports.limits().dataConnect(), this::expired);
    }

    void start(String threadName) {
        Thread.ofVirtual().name(threadName).start(this::run);
    }

    /// The port to name in 227 and 229.
    public int port() {
        return port;
    }

    @Override
    public void protect(ProtectionLevel newLevel) {
        lock.lock();
        try {
            if (level == newLevel || phase == Phase.CLOSED) {
                return;
            }
            level = newLevel;
            if (phase == Phase.LISTENING) {
                return;
            }
        } finally {
            lock.unlock();
        }
        close();
    }

    @Override
    public void prepare() throws DataConnectionException {
        taken = true;
        rearm();
        if (phase() == Phase.CONNECTED) {
            LockSupport.parkNanos(this, HELLO_GRACE_NANOS);
        }
        if (phase() == Phase.HANDSHAKING) {
            settle(await());
        }
        if (phase() == Phase.CLOSED && arrival.isEmpty()) {
            throw new DataConnectionException(Reason.OFFER_CLOSED, "");
        }
        if (arrival.peek() instanceof Arrival.Failed(Reason reason, String detail)) {
            throw new DataConnectionException(reason, detail);
        }
    }

    @Override
    public DataConnection take() throws DataConnectionException {
        return switch (await()) {
            case Arrival.Here(DataConnection connection) -> {
                lock.lock();
                try {
                    peer = null; // It is the transfer's now.
                } finally {
                    lock.unlock();
                }
                close();
                yield connection;
            }
            case Arrival.Failed(Reason reason, String detail) ->
                    throw new DataConnectionException(reason, detail);
        };
    }

    /// Closes the port before it returns: the reply that follows tells the client so.
    @Override
    public void close() {
        SocketChannel abandoned;
        lock.lock();
        try {
            phase = Phase.CLOSED;
            watch.close();
            abandoned = peer;
            peer = null;
        } finally {
            lock.unlock();
        }
        closePort();
        if (abandoned != null) {
            DataPorts.closeQuietly(abandoned);
            if (arrival.peek() instanceof Arrival.Here
                    && arrival.poll() instanceof Arrival.Here(DataConnection connection)) {
                connection.close();
            }
        }
        settle(new Arrival.Failed(Reason.OFFER_CLOSED, ""));
    }

    private Arrival await() throws DataConnectionException {
        try {
            return arrival.take(); // blocks; the watchdog bounds it
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DataConnectionException(Reason.OFFER_CLOSED, "interrupted");
        }
    }

    private void settle(Arrival result) {
        if (!arrival.offer(result) && result instanceof Arrival.Here(DataConnection late)) {
            late.close();
        }
    }

    private void run() {
        try {
            SocketChannel channel = acceptClient();
            ProtectionLevel protection = connected(channel);
            switch (protection) {
                case CLEAR -> arrived(ports.plain(channel));
                case PRIVATE -> secure(channel);
            }
        } catch (DataConnectionException failed) {
            settle(new Arrival.Failed(failed.reason(), failed.detail()));
            closePeer();
        } catch (IOException closed) {
            settle(new Arrival.Failed(Reason.NOT_CONNECTED, ""));
            closePeer();
        }
    }

    private SocketChannel acceptClient() throws IOException {
        try {
            while (true) {
                SocketChannel channel = listening.accept(); // blocks; closePort() ends it
                InetAddress from = channel.socket().getInetAddress();
                if (from != null && sameHost(from, client.address())) {
                    return channel;
                }
                ports.foreignPeer(client, from);
                channel.close();
            }
        } finally {
            DataPorts.closeQuietly(listening); // One peer, then nobody.
            accepting.countDown();
            ports.release(port);
        }
    }

    /// Takes the acceptor out of accept and waits until it has closed the port.
    private void closePort() {
        DataPorts.closeQuietly(listening);
        boolean interrupted = false;
        while (accepting.getCount() > 0) {
            try {
                accepting.await();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private ProtectionLevel connected(SocketChannel channel) throws IOException {
        lock.lock();
        try {
            if (phase == Phase.CLOSED) {
                channel.close();
                throw new DataConnectionException(Reason.OFFER_CLOSED, "");
            }
            phase = Phase.CONNECTED;
            peer = channel;
            return level;
        } finally {
            lock.unlock();
            rearm();
        }
    }

    private void secure(SocketChannel channel) throws IOException {
        ByteBuffer hello = ByteBuffer.allocate(HELLO_OCTETS);
        int received = channel.read(hello); // blocks until the client begins
        if (received < 0) {
            throw new DataConnectionException(Reason.HANDSHAKE_MISSING, "");
        }
        advance(Phase.HANDSHAKING);
        arrived(ports.secured(client, channel, hello.flip()));
    }

    private void arrived(DataConnection connection) {
        advance(Phase.SETTLED);
        settle(new Arrival.Here(connection));
    }

    private void advance(Phase next) {
        lock.lock();
        try {
            if (phase != Phase.CLOSED) {
                phase = next;
            }
        } finally {
            lock.unlock();
        }
    }

    private Phase phase() {
        lock.lock();
        try {
            return phase;
        } finally {
            lock.unlock();
        }
    }

    /// Starts the limit that fits the phase anew: the client may connect early and begin its
    /// handshake only after the command, so the handshake's own limit begins when both are here.
    private void rearm() {
        lock.lock();
        try {
            if (phase == Phase.CLOSED || phase == Phase.SETTLED) {
                return;
            }
            watch.close();
            boolean handshakeDue = taken && phase != Phase.LISTENING;
            watch =
                    ports.watchdog()
                            .watch(
                                    handshakeDue
                                            ? ports.limits().handshake()
                                            : ports.limits().dataConnect(),
                                    this::expired);
        } finally {
            lock.unlock();
        }
    }

    private void expired() {
        Phase at = phase();
        closePort(); // Before the reply: a client may ask for the next port at once.
        settle(
                new Arrival.Failed(
                        at == Phase.LISTENING ? Reason.NOT_CONNECTED : Reason.HANDSHAKE_TIMEOUT,
                        ""));
        close();
    }

    private void closePeer() {
        lock.lock();
        try {
            if (peer != null) {
                DataPorts.closeQuietly(peer);
                peer = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean sameHost(InetAddress one, InetAddress other) {
        return Arrays.equals(one.getAddress(), other.getAddress());
    }
}
