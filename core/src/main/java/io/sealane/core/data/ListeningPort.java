package io.sealane.core.data;

import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import io.sealane.core.limit.Sparingly;
import io.sealane.core.wire.AddressText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// One listening socket for passive data connections, and the offers that wait at it. It is opened
/// for the first offer, and closed with the last; this object then has had its day, and
/// [PortChoice] makes another for the same port.
///
/// Offers share it as long as the peer's address tells whose connection one is. A virtual thread
/// accepts, hands each connection to its offer, and goes on; it never waits for what a peer does.
/// Whom nobody expects is turned away and costs those who wait nothing (RFC 2577 section 3).
///
/// Safe from any thread.
final class ListeningPort {
    /// What became of an offer's wish to wait here.
    enum Admission {
        ADMITTED,
        /// One waits here already that a connection could be taken for.
        TAKEN,
        /// The socket is on its way out: see [#awaitClosed], and come again.
        CLOSING,
        /// The system does not let us listen here.
        UNBINDABLE
    }

    private enum Phase {
        NEW,
        OPENING,
        OPEN,
        CLOSING,
        CLOSED
    }

    /// What is to be done with a connection.
    private sealed interface Arrival {
        record For(PassiveOffer offer) implements Arrival {}

        /// For the offer that waits last.
        record ForLast(PassiveOffer offer) implements Arrival {}

        /// For the offer, if it can prove it.
        record Stranger(PassiveOffer offer) implements Arrival {}

        /// It came for an offer that has left: nobody waits, and the port is closing.
        record TooLate() implements Arrival {}

        record ForNobody(String session, String expected) implements Arrival {}
    }

    /// The connection of the last offer.
    private record Last(PassiveOffer offer, SocketChannel channel) {}

    /// Connections that the kernel keeps until they are accepted: as many as offers may share the
    /// port while the acceptor is held up.
    private static final int BACKLOG = 256;

    /// Wait after the system could not accept, mostly because it is out of descriptors.
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(20);

    /// Expected addresses that one log line names.
    private static final int ADDRESSES_LOGGED_MAX = 3;

    private final InetSocketAddress address;
    private final EventSink events;
    private final Sparingly failuresTold;
    private final Consumer<ListeningPort> onClosed;

    /// Guards the two fields below; never held during I/O.
    private final ReentrantLock lock = new ReentrantLock();

    private Phase phase = Phase.NEW;
    private final Map<PeerNetwork, PassiveOffer> waiting = new LinkedHashMap<>();

    private final CountDownLatch opened = new CountDownLatch(1);

    /// Zero once the kernel has closed the port. On a virtual thread a listening socket that is
    /// closed from outside lives until that thread has left accept.
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile Optional<ServerSocketChannel> socket = Optional.empty();
    private volatile Optional<String> failure = Optional.empty();

    /// @param failuresTold when to tell that a connection could not be accepted
    /// @param onClosed told when the port is closed, or could not be opened
    ListeningPort(
            InetSocketAddress address,
            EventSink events,
            Sparingly failuresTold,
            Consumer<ListeningPort> onClosed) {
        this.address = address;
        this.events = events;
        this.failuresTold = failuresTold;
        this.onClosed = onClosed;
    }

    /// Lets an offer wait here. The first one opens the port.
    Admission admit(PassiveOffer offer) {
        boolean first;
        lock.lock();
        try {
            switch (phase) {
                case CLOSING, CLOSED -> {
                    return Admission.CLOSING;
                }
                case NEW, OPENING, OPEN -> {}
            }
            if (!hasRoomFor(offer.expected())) {
                return Admission.TAKEN;
            }
            waiting.put(offer.expected().network(), offer);
            first = phase == Phase.NEW;
            if (first) {
                phase = Phase.OPENING;
            }
        } finally {
            lock.unlock();
        }
        if (first) {
            open();
        }
        await(opened); // Some microseconds: binding does not wait for anybody.
        return socket.isPresent() ? Admission.ADMITTED : Admission.UNBINDABLE;
    }

    /// Why it is [Admission#UNBINDABLE], in the system's words.
    Optional<String> failure() {
        return failure;
    }

    /// What it is bound to, with the port that the system chose.
    InetSocketAddress address() {
        return new InetSocketAddress(
                address.getAddress(), socket.orElseThrow().socket().getLocalPort());
    }

    /// What was asked to be bound.
    InetSocketAddress wanted() {
        return address;
    }

    /// Lets an offer wait no longer. If it was the last, the port is closed when this returns; so
    /// never on the acceptor's own thread.
    void leave(PassiveOffer offer) {
        boolean last;
        boolean closing;
        lock.lock();
        try {
            waiting.remove(offer.expected().network(), offer);
            last = waiting.isEmpty() && phase == Phase.OPEN;
            if (last) {
                phase = Phase.CLOSING;
            }
            closing = phase == Phase.CLOSING;
        } finally {
            lock.unlock();
        }
        if (last) {
            socket.ifPresent(DataPorts::closeQuietly); // The acceptor does the rest.
        }
        if (closing) {
            awaitClosed();
        }
    }

    /// Waits until a port that is closing is closed.
    void awaitClosed() {
        await(closed);
    }

    private boolean hasRoomFor(ExpectedPeer expected) {
        return waiting.isEmpty()
                || (expected.mayShare()
                        && sharedBy(waiting)
                        && !waiting.containsKey(expected.network()));
    }

    private static boolean sharedBy(Map<PeerNetwork, PassiveOffer> offers) {
        return offers.values().iterator().next().expected().mayShare();
    }

    private void open() {
        try {
            ServerSocketChannel channel = bind();
            socket = Optional.of(channel);
            lock.lock();
            try {
                phase = Phase.OPEN;
            } finally {
                lock.unlock();
            }
            Thread.ofVirtual()
                    .name("data-port-" + channel.socket().getLocalPort())
                    .start(() -> run(channel));
        } catch (IOException taken) {
            failure = Optional.of(String.valueOf(taken.getMessage()));
            finish();
        } catch (RuntimeException | Error defect) {
            socket.ifPresent(DataPorts::closeQuietly);
            socket = Optional.empty();
            finish(); // Or this port would be neither open nor to be opened for good.
            throw defect;
        } finally {
            opened.countDown();
        }
    }

    private ServerSocketChannel bind() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            // A port whose last connections are in TIME_WAIT is as good as any.
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return channel.bind(address, BACKLOG);
        } catch (IOException | RuntimeException | Error failed) {
            DataPorts.closeQuietly(channel);
            throw failed;
        }
    }

    private void run(ServerSocketChannel channel) {
        Optional<Last> last = Optional.empty();
        try {
            last = receive(channel);
        } finally {
            DataPorts.closeQuietly(channel);
            finish();
        }
        last.ifPresent(found -> found.offer().connected(found.channel()));
    }

    /// Hands connections over until nobody waits.
    ///
    /// @return the last one, for which the port is to be closed first
    private Optional<Last> receive(ServerSocketChannel channel) {
        while (true) {
            Optional<SocketChannel> accepted = accept(channel);
            if (accepted.isEmpty()) {
                return Optional.empty();
            }
            SocketChannel connection = accepted.get();
            InetAddress from = connection.socket().getInetAddress();
            switch (sort(from)) {
                case Arrival.For(PassiveOffer offer) -> offer.connected(connection);
                case Arrival.ForLast(PassiveOffer offer) -> {
                    return Optional.of(new Last(offer, connection));
                }
                case Arrival.Stranger(PassiveOffer offer) -> offer.knocked(connection, from);
                case Arrival.TooLate() -> DataPorts.closeQuietly(connection);
                case Arrival.ForNobody(String session, String expected) -> {
                    DataPorts.closeQuietly(connection);
                    events.accept(
                            new Event.ForeignDataPeer(session, AddressText.of(from), expected));
                }
            }
        }
    }

    /// @return empty once the port is being closed
    private Optional<SocketChannel> accept(ServerSocketChannel channel) {
        while (true) {
            try {
                return Optional.of(channel.accept()); // blocks; leave() ends it
            } catch (IOException failed) {
                if (!channel.isOpen()) {
                    return Optional.empty();
                }
                if (failuresTold.isDue()) {
                    String cause = String.valueOf(failed.getMessage());
                    String port = "data-port-" + channel.socket().getLocalPort();
                    events.accept(new Event.AcceptFailed("-", port, cause));
                }
                LockSupport.parkNanos(this, PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    /// Finds out whose a connection is; that offer waits no longer.
    private Arrival sort(InetAddress from) {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                return new Arrival.TooLate();
            }
            Optional<PassiveOffer> candidate = candidate(from);
            if (candidate.isEmpty()) {
                return forNobody();
            }
            PassiveOffer offer = candidate.get();
            return switch (offer.expected().verdict(from)) {
                case WELCOME -> {
                    waiting.remove(offer.expected().network());
                    if (!waiting.isEmpty()) {
                        yield new Arrival.For(offer);
                    }
                    phase = Phase.CLOSING;
                    yield new Arrival.ForLast(offer);
                }
                case MUST_PROVE -> new Arrival.Stranger(offer);
                case FOREIGN -> forNobody();
            };
        } finally {
            lock.unlock();
        }
    }

    private Optional<PassiveOffer> candidate(InetAddress from) {
        PassiveOffer first = waiting.values().iterator().next();
        return first.expected().mayShare()
                ? Optional.ofNullable(
                        waiting.get(PeerNetwork.of(from, first.expected().network().extent())))
                : Optional.of(first);
    }

    private Arrival forNobody() {
        String expected =
                waiting.values().stream()
                        .limit(ADDRESSES_LOGGED_MAX)
                        .map(offer -> AddressText.of(offer.client().address()))
                        .collect(Collectors.joining(","));
        int more = waiting.size() - ADDRESSES_LOGGED_MAX;
        waiting.values().forEach(PassiveOffer::sawForeigner);
        String session =
                waiting.size() == 1 ? waiting.values().iterator().next().client().session() : "-";
        return new Arrival.ForNobody(
                session, more > 0 ? expected + " and " + more + " more" : expected);
    }

    private void finish() {
        lock.lock();
        try {
            phase = Phase.CLOSED;
            waiting.clear();
        } finally {
            lock.unlock();
        }
        onClosed.accept(this);
        closed.countDown();
    }

    /// Interrupts are kept for whoever asks for them next: what is waited for comes at once.
    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
