package io.sealane.core.data;

import io.sealane.core.data.DataConnectionException.Reason;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.ProtectionLevel;
import io.sealane.core.tls.TlsRole;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A wish for one data connection (PASV, EPSV) that waits at a [ListeningPort]. Where data is
/// protected, a virtual thread of its own takes the client's handshake as soon as it is connected:
/// some clients finish it before they send the transfer command, others begin it after the 150, and
/// both must work.
///
/// One connection, then none: who comes later finds the port closed, or nobody who waits.
public final class PassiveOffer implements DataOffer {
    /// How long a connected client gets to show the ClientHello that it sent with an upload's
    /// command. Interop: Node's clients end an empty upload as soon as they see the 150, handshake
    /// done or not, so it should be done by then.
    private static final long HELLO_GRACE_NANOS = 200_000;

    /// How long a handshake that has begun may hold the 150 back: a few round trips to anywhere.
    /// Interop: other clients send their ClientHello early and read nothing before the 150.
    private static final long HANDSHAKE_GRACE_NANOS = 1_000_000_000;

    /// How long a refusal waits for the connection of a client that connects before it sends its
    /// command: the system has it by then, and would reset it with the port.
    private static final long ACCEPT_GRACE_NANOS = 20_000_000;

    /// How far it has come; guarded by `lock`.
    private enum Phase {
        LISTENING,
        CONNECTED,
        HANDSHAKING,
        SETTLED,
        CLOSED
    }

    private sealed interface Arrival {
        record Here(DataConnection connection) implements Arrival {}

        record Failed(DataConnectionException why) implements Arrival {}
    }

    private final DataPorts ports;
    private final DataPorts.Client client;
    private final ExpectedPeer expected;
    private final Strangers strangers;
    private final BlockingQueue<Arrival> arrival = new ArrayBlockingQueue<>(1);
    private final CountDownLatch connected = new CountDownLatch(1);

    /// Guards the seven fields below; never held during I/O.
    private final ReentrantLock lock = new ReentrantLock();

    private Phase phase = Phase.LISTENING;
    private DataPorts.Security security;
    private Watchdog.Watch watch;
    private @Nullable SocketChannel peer;
    private Optional<ListeningPort> place = Optional.empty();
    private boolean dismissed;
    private Optional<Lingering.Stay> stay = Optional.empty();

    private volatile boolean taken;
    private volatile boolean expired;
    private volatile boolean foreigner;

    PassiveOffer(
            DataPorts ports,
            DataPorts.Client client,
            ExpectedPeer expected,
            DataPorts.Security security) {
        this.ports = ports;
        this.client = client;
        this.expected = expected;
        this.security = security;
        this.strangers = new Strangers(ports, client, this::proven, this::turnedAway);
        this.watch = watch(ports.limits().dataConnect(), this::expire);
    }

    /// Notes where it waits, by which it begins to count.
    PassiveOffer at(ListeningPort port) {
        lock.lock();
        try {
            place = Optional.of(port);
            return this;
        } finally {
            lock.unlock();
        }
    }

    /// The port to name in 227 and 229.
    public int port() {
        return place().orElseThrow().address().getPort();
    }

    DataPorts.Client client() {
        return client;
    }

    ExpectedPeer expected() {
        return expected;
    }

    @Override
    public void protect(ProtectionLevel newLevel) {
        lock.lock();
        try {
            if (security.level() == newLevel || phase == Phase.CLOSED) {
                return;
            }
            security = security.with(newLevel);
            if (phase == Phase.LISTENING) {
                return; // Strangers are asked for the level once they have proven themselves.
            }
        } finally {
            lock.unlock();
        }
        closeFor(Reason.PROTECTION_CHANGED);
    }

    @Override
    public void prepare(Direction direction) throws DataConnectionException {
        taken = true;
        rearm();
        if (direction == Direction.FROM_CLIENT && phase() == Phase.CONNECTED) {
            LockSupport.parkNanos(this, HELLO_GRACE_NANOS);
        }
        if (phase() == Phase.HANDSHAKING) {
            awaitHandshake();
        }
        if (phase() == Phase.CLOSED && arrival.isEmpty()) {
            throw new DataConnectionException(Reason.OFFER_CLOSED, "");
        }
        if (arrival.peek() instanceof Arrival.Failed(DataConnectionException why)) {
            throw why;
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
            case Arrival.Failed(DataConnectionException why) -> throw why;
        };
    }

    @Override
    public void dismiss() {
        awaitConnected();
        Optional<DataConnection> settled = Optional.empty();
        lock.lock();
        try {
            if (peer != null && phase != Phase.CLOSED) {
                dismissed = true;
                phase = Phase.CLOSED;
                watch.close();
                watch = watch(ports.limits().linger(), this::close);
                if (arrival.poll() instanceof Arrival.Here(DataConnection here)) {
                    settled = Optional.of(here);
                }
            }
        } finally {
            lock.unlock();
        }
        if (isDismissed()) {
            leavePort();
            settled.ifPresentOrElse(this::hearOut, this::linger);
        } else {
            close();
        }
    }

    private void awaitConnected() {
        try {
            boolean _ = connected.await(ACCEPT_GRACE_NANOS, TimeUnit.NANOSECONDS); // blocks
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Leaves the port before it returns, and so closes it if nobody else waits there: the reply
    /// that follows tells the client so.
    @Override
    public void close() {
        closeFor(Reason.OFFER_CLOSED);
    }

    /// @param why there will be no data connection, unless it is settled already
    private void closeFor(Reason why) {
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
        endStay();
        leavePort();
        if (abandoned != null) {
            DataPorts.closeQuietly(abandoned);
            if (arrival.peek() instanceof Arrival.Here
                    && arrival.poll() instanceof Arrival.Here(DataConnection connection)) {
                connection.close();
            }
        }
        settle(new Arrival.Failed(new DataConnectionException(why, "")));
    }

    /// Takes the client's connection. By the port's acceptor, so nothing here waits.
    void connected(SocketChannel channel) {
        DataPorts.Security protection;
        lock.lock();
        try {
            if (phase != Phase.LISTENING) {
                DataPorts.closeQuietly(channel);
                return;
            }
            phase = Phase.CONNECTED;
            peer = channel;
            protection = security;
        } finally {
            lock.unlock();
        }
        connected.countDown();
        rearm();
        strangers.close();
        DataConnection.Peer party = expected.others().peerAt(channel.socket().getInetAddress());
        switch (protection.level()) {
            case CLEAR -> arrived(ports.plain(client, channel, party));
            case PRIVATE ->
                    ports.startThread(client, () -> secure(channel, party, protection.role()));
        }
    }

    /// Somebody from elsewhere is connected. By the port's acceptor, so nothing here waits.
    void knocked(SocketChannel channel, InetAddress from) {
        switch (security().level()) {
            case PRIVATE -> strangers.admit(channel, from);
            case CLEAR -> {
                DataPorts.closeQuietly(channel); // There will be nothing that it could prove.
                turnedAway(from);
            }
        }
    }

    /// Somebody was turned away who was after this offer, or another one at the same port.
    void sawForeigner() {
        foreigner = true;
    }

    private void turnedAway(InetAddress from) {
        sawForeigner();
        ports.foreignPeer(client, from);
    }

    /// Takes the connection of a stranger that resumed the control connection's session.
    private boolean proven(SocketChannel channel, DataConnection connection) {
        lock.lock();
        try {
            if (phase != Phase.LISTENING || security.level() != ProtectionLevel.PRIVATE) {
                return false;
            }
            phase = Phase.SETTLED;
            peer = channel;
            settle(new Arrival.Here(connection)); // Before anybody can close the offer.
        } finally {
            lock.unlock();
        }
        leavePort();
        return true;
    }

    private void secure(SocketChannel channel, DataConnection.Peer party, TlsRole role) {
        try {
            arrived(
                    switch (role) {
                        case SERVER -> {
                            // Blocks until the client begins.
                            ByteBuffer hello = ports.firstOctets(client, channel, party);
                            advance(Phase.HANDSHAKING);
                            yield ports.secured(
                                    client, channel, party, hello, () -> expired); // blocks
                        }
                        case CLIENT ->
                                ports.securedAsClient(
                                        client, channel, party, () -> expired); // blocks
                    });
        } catch (DataConnectionException failed) {
            settle(new Arrival.Failed(failed));
            closePeer();
        } catch (RuntimeException | Error defect) {
            ports.defect(client, defect);
            settle(new Arrival.Failed(new DataConnectionException(Reason.DEFECT, "")));
            closePeer();
        }
    }

    private void arrived(DataConnection connection) {
        boolean isWanted;
        boolean isHeardOut;
        lock.lock();
        try {
            boolean isOpen = phase != Phase.CLOSED;
            if (isOpen) {
                phase = Phase.SETTLED;
            }
            isHeardOut = dismissed;
            isWanted = isOpen && arrival.offer(new Arrival.Here(connection));
        } finally {
            lock.unlock();
        }
        if (isHeardOut) {
            hearOut(connection);
        } else if (!isWanted) {
            connection.close();
        }
    }

    /// Counts a connection that is dismissed, and that has yet to shake hands.
    private void linger() {
        Lingering.Stay begun = ports.linger(client, this::close);
        boolean isOver;
        lock.lock();
        try {
            isOver = peer == null;
            if (!isOver) {
                stay = Optional.of(begun);
            }
        } finally {
            lock.unlock();
        }
        if (isOver) {
            begun.close();
        }
    }

    private void endStay() {
        Optional<Lingering.Stay> ended;
        lock.lock();
        try {
            ended = stay;
            stay = Optional.empty();
        } finally {
            lock.unlock();
        }
        ended.ifPresent(Lingering.Stay::close);
    }

    private void hearOut(DataConnection connection) {
        endStay(); // To drain it is one of its own.
        ports.startThread(
                client,
                () -> {
                    connection.drain(); // blocks; the watchdog bounds it
                    connection.close();
                    close();
                });
    }

    private Arrival await() throws DataConnectionException {
        try {
            return arrival.take(); // blocks; the watchdog bounds it
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    private void awaitHandshake() throws DataConnectionException {
        try {
            Arrival done = arrival.poll(HANDSHAKE_GRACE_NANOS, TimeUnit.NANOSECONDS); // blocks
            if (done != null) {
                settle(done);
            }
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    private static DataConnectionException interrupted() {
        Thread.currentThread().interrupt();
        return new DataConnectionException(Reason.OFFER_CLOSED, "interrupted");
    }

    private void settle(Arrival result) {
        if (!arrival.offer(result) && result instanceof Arrival.Here(DataConnection late)) {
            late.close();
        }
    }

    private void leavePort() {
        place().ifPresent(port -> port.leave(this));
        strangers.close();
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
                    watch(
                            handshakeDue
                                    ? ports.limits().handshake()
                                    : ports.limits().dataConnect(),
                            this::expire);
        } finally {
            lock.unlock();
        }
    }

    /// On a thread of its own: it waits for the port to be closed.
    private Watchdog.Watch watch(Duration limit, Runnable end) {
        return ports.watchdog().watch(limit, () -> ports.startThread(client, end));
    }

    private void expire() {
        Phase at;
        lock.lock();
        try {
            boolean isTransfers = phase == Phase.SETTLED && taken;
            if (!watch.expired() || phase == Phase.CLOSED || isTransfers) {
                return; // All came in time after all.
            }
            at = phase;
            expired = true;
        } finally {
            lock.unlock();
        }
        leavePort(); // Before the reply: a client may ask for the next port at once.
        settle(new Arrival.Failed(new DataConnectionException(missing(at), "")));
        close();
    }

    private Reason missing(Phase at) {
        if (at != Phase.LISTENING) {
            return Reason.HANDSHAKE_TIMEOUT;
        }
        return foreigner ? Reason.PEER_NOT_ALLOWED : Reason.NOT_CONNECTED;
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
        endStay();
    }

    private boolean isDismissed() {
        lock.lock();
        try {
            return dismissed;
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

    private DataPorts.Security security() {
        lock.lock();
        try {
            return security;
        } finally {
            lock.unlock();
        }
    }

    private Optional<ListeningPort> place() {
        lock.lock();
        try {
            return place;
        } finally {
            lock.unlock();
        }
    }
}
