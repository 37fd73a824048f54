package io.sealane.core.server;

import io.sealane.core.checksum.Checksums;
import io.sealane.core.command.Commands;
import io.sealane.core.command.Services;
import io.sealane.core.data.DataPorts;
import io.sealane.core.event.Event;
import io.sealane.core.event.Event.Opening;
import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.SessionPermits;
import io.sealane.core.limit.SessionPermits.Entrance;
import io.sealane.core.limit.SessionPermits.Permit;
import io.sealane.core.limit.Sparingly;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.net.ControlListener;
import io.sealane.core.net.ControlSocket;
import io.sealane.core.net.FirstWait;
import io.sealane.core.net.Sniffer;
import io.sealane.core.net.Sniffer.FirstOctets;
import io.sealane.core.session.ControlSession;
import io.sealane.core.session.SessionSetup;
import io.sealane.core.session.SessionSummary;
import io.sealane.core.tls.ListenerMode;
import io.sealane.core.tls.PolicyTrial;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.wire.AddressText;
import io.sealane.core.wire.ClientHello;
import io.sealane.core.wire.Reply;
import io.sealane.core.work.Places;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// An FTP server: listeners, and the sessions that come in through them. Safe from any thread.
public final class FtpServer implements AutoCloseable {
    /// A port that is open, and what it is for.
    public record BoundPort(String listener, ListenerMode mode, InetSocketAddress address) {}

    /// Most direct memory lent to connections at once: 2,000 transfers that all stand still.
    private static final long LENT_BYTES_MAX = 1L << 30;

    /// Most copies within stores at once (SITE COPY, COMB). Each has a thread; more than so many
    /// only make a disk slower.
    private static final int COPIES_AT_ONCE_MAX = 16;

    /// Most clients at once that are told by TLS why they get no session. Others that come
    /// meanwhile are told nothing: whom limits turn away must not cost what a session does.
    private static final int FAREWELLS_AT_ONCE_MAX = 16;

    private static final Duration STOP_POLL = Duration.ofMillis(10);
    private static final Duration STOP_NOW_GRACE = Duration.ofSeconds(2);

    /// Between two notes of what the host denies to one session.
    private static final Duration DENIALS_TOLD_INTERVAL = Duration.ofSeconds(10);

    private final ServerSettings settings;
    private final Watchdog watchdog;
    private final BufferPool buffers = new BufferPool(LENT_BYTES_MAX);
    private final Places copies = new Places(COPIES_AT_ONCE_MAX);
    private final Places walks = new Places(Runtime.getRuntime().availableProcessors());
    private final Checksums checksums =
            new Checksums(Runtime.getRuntime().availableProcessors(), buffers);
    private final Places farewells = new Places(FAREWELLS_AT_ONCE_MAX);
    private final Farewell farewell;
    private final SessionPermits permits;
    private final DataPorts dataPorts;
    private final AtomicLong sessionNumbers = new AtomicLong();
    private final Set<ControlSession> sessions = ConcurrentHashMap.newKeySet();

    /// Every control connection, also of those that have no session yet, or get none.
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    private final List<ControlListener> listeners = new ArrayList<>();
    private final List<BoundPort> ports = new ArrayList<>();
    private volatile boolean stopping;

    private FtpServer(ServerSettings settings) {
        this.settings = settings;
        this.watchdog =
                new Watchdog(
                        settings.ticker(),
                        defect ->
                                settings.events().accept(Event.Defect.of("-", "watchdog", defect)));
        this.farewell = new Farewell(watchdog, settings.limits().handshake(), buffers);
        this.permits =
                new SessionPermits(
                        settings.limits().sessions(),
                        settings.limits().sessionsPerAddress(),
                        settings.limits().sessionsPerUser());
        this.dataPorts =
                new DataPorts(
                        settings.passive(),
                        settings.active(),
                        settings.limits(),
                        watchdog,
                        buffers,
                        settings.events(),
                        settings.random());
    }

    /// Binds every listener and begins to serve. If one cannot be bound, none stays open.
    public static FtpServer start(ServerSettings settings) throws IOException {
        FirstWait.haveIt();
        FtpServer server = new FtpServer(settings);
        try {
            for (ListenerSettings listener : settings.listeners()) {
                server.open(listener);
            }
            return server;
        } catch (IOException | RuntimeException | Error failed) {
            server.close();
            throw failed;
        }
    }

    /// The ports that are open, in the order of the configuration.
    public List<BoundPort> ports() {
        return List.copyOf(ports);
    }

    /// Sessions at this moment.
    public int sessions() {
        return permits.sessions();
    }

    /// Octets of buffers that sessions and transfers hold at this moment.
    public long lentBytes() {
        return buffers.lentBytes();
    }

    /// Stops: nothing new is accepted, idle sessions end with 421 at once, sessions with a running
    /// transfer when it is over, and whoever is left when `patience` has passed is aborted. Blocks.
    public void stop(Duration patience) {
        stopping = true;
        closeListeners();
        sessions.forEach(ControlSession::stop);
        await(sessions::isEmpty, patience);
        sessions.forEach(ControlSession::stopNow);
        await(sessions::isEmpty, STOP_NOW_GRACE);
        // Nothing would limit who is left from here on.
        dataPorts.leave();
        connections.forEach(FtpServer::closeNow);
        await(connections::isEmpty, STOP_NOW_GRACE);
        watchdog.close();
    }

    /// Stops at once.
    @Override
    public void close() {
        stop(Duration.ZERO);
    }

    private void open(ListenerSettings listener) throws IOException {
        for (InetSocketAddress address : listener.addresses()) {
            ControlListener opened =
                    ControlListener.open(
                            listener.name(),
                            address,
                            settings.events(),
                            settings.ticker(),
                            channel -> accepted(listener, channel));
            listeners.add(opened);
            ports.add(
                    new BoundPort(
                            listener.name(),
                            listener.policy().mode(),
                            new InetSocketAddress(address.getAddress(), opened.port())));
        }
    }

    private void accepted(ListenerSettings listener, SocketChannel channel) {
        String id = Long.toString(sessionNumbers.incrementAndGet(), 36);
        Thread.ofVirtual().name("ctl-" + id).start(() -> serve(listener, channel, id));
    }

    private record Arrival(
            ListenerSettings listener, SocketChannel channel, String id, InetAddress client) {}

    private void serve(ListenerSettings listener, SocketChannel channel, String id) {
        connections.add(channel);
        try (channel) {
            InetAddress client = channel.socket().getInetAddress();
            if (client == null || stopping) {
                return;
            }
            ControlSocket.prepare(channel, settings.limits().keepalive());
            admit(new Arrival(listener, channel, id, client));
        } catch (IOException gone) {
            // The client left before it said anything: there is nobody to tell.
        } finally {
            connections.remove(channel);
        }
    }

    private void admit(Arrival arrival) throws IOException {
        if (!arrival.listener.admittance().clients().test(arrival.client)) {
            refuseStranger(arrival);
            return;
        }
        switch (permits.enter(arrival.client)) {
            case Entrance.Full() -> {
                int limit = settings.limits().sessions();
                refuse(arrival, "server-full", Reply.tooManySessions("in all", limit));
            }
            case Entrance.AddressFull(int limit) ->
                    refuse(
                            arrival,
                            "address-full",
                            Reply.tooManySessions("from your address", limit));
            case Entrance.Admitted(Permit permit) -> {
                try (permit) {
                    converse(arrival, permit);
                }
            }
        }
    }

    /// Security: a client that may not connect gets no handshake either, least of all one of an old
    /// version that the listener keeps for some machines.
    private void refuseStranger(Arrival arrival) throws IOException {
        report(arrival, "client-not-allowed", Reply.CLIENT_NOT_ALLOWED);
        switch (arrival.listener.policy().mode()) {
            case EXPLICIT, PLAIN, AUTO ->
                    Farewell.inTheClear(arrival.channel, Reply.CLIENT_NOT_ALLOWED);
            case IMPLICIT -> {} // It would take words in the clear for a broken server.
        }
    }

    private void refuse(Arrival arrival, String reason, Reply reply) throws IOException {
        report(arrival, reason, reply);
        switch (arrival.listener.policy().mode()) {
            case EXPLICIT, PLAIN -> Farewell.inTheClear(arrival.channel, reply);
            case AUTO, IMPLICIT -> {
                Optional<Places.Place> free = farewells.take();
                if (free.isPresent()) {
                    try (Places.Place _ = free.get()) {
                        sayAsTheClientSpeaks(arrival, reply); // blocks
                    }
                }
            }
        }
    }

    private void report(Arrival arrival, String reason, Reply reply) {
        settings.events()
                .accept(
                        new Event.SessionRefused(
                                arrival.id,
                                arrival.listener.name(),
                                AddressText.of(arrival.client),
                                reason,
                                reply.toString()));
    }

    /// On a port where the client speaks first.
    private void sayAsTheClientSpeaks(Arrival arrival, Reply reply) throws IOException {
        Optional<Beginning> beginning = beginning(arrival);
        if (beginning.isEmpty()) {
            return;
        }
        switch (beginning.get().opening()) {
            case IN_THE_CLEAR -> Farewell.inTheClear(arrival.channel, reply);
            case BY_TLS ->
                    farewell.byTls(
                            arrival.channel,
                            beginning.get().sniffed(),
                            arrival.listener.tls(),
                            reply); // blocks
        }
    }

    private void converse(Arrival arrival, Permit permit) throws IOException {
        ListenerSettings listener = arrival.listener;
        Optional<Beginning> beginning = beginning(arrival);
        if (beginning.isEmpty()) {
            return;
        }
        Opening opening = beginning.get().opening();
        SessionSetup setup =
                new SessionSetup(
                        arrival.id,
                        listener.name(),
                        arrival.channel,
                        opening,
                        beginning.get().sniffed(),
                        listener.policy(),
                        listener.policyOptions(),
                        new PolicyTrial(arrival.id, listener.name(), settings.events()),
                        listener.tls(),
                        listener.admittance(),
                        settings.limits(),
                        watchdog,
                        buffers,
                        settings.events(),
                        permit,
                        this::sibling,
                        settings.charsets().of(arrival.client),
                        settings.product());
        ControlSession session = new ControlSession(setup, arrival.client, this::commands);
        settings.events()
                .accept(
                        new Event.SessionOpened(
                                arrival.id,
                                listener.name(),
                                opening,
                                AddressText.of(arrival.client)));
        sessions.add(session);
        try {
            if (stopping) {
                session.stop();
            }
            session.run();
        } finally {
            sessions.remove(session);
        }
    }

    private Optional<SessionTls> sibling(String id, ClientHello hello) {
        return sessions.stream()
                .map(ControlSession::summary)
                .filter(summary -> summary.id().equals(id))
                .findFirst()
                .flatMap(own ->
                        sessions.stream()
                                .filter(other -> other.summary().isSiblingOf(own))
                                .flatMap(other -> other.tls().stream())
                                .filter(tls -> tls.knows(hello))
                                .findFirst());
    }

    private Commands commands(DataPorts.Client client, SessionSetup setup) {
        return new Commands(
                new Services(
                        client,
                        setup,
                        settings.authenticator(),
                        dataPorts,
                        checksums,
                        copies,
                        walks,
                        new Sparingly(DENIALS_TOLD_INTERVAL, settings.ticker()),
                        settings.active().mode(),
                        settings.serverToServer(),
                        settings.hosts(),
                        this::summaries,
                        settings.listing(),
                        settings.transfers(),
                        settings.clock(),
                        settings.random()));
    }

    /// Ids of sessions count up: a longer one is later.
    private List<SessionSummary> summaries() {
        return sessions.stream()
                .map(ControlSession::summary)
                .sorted(
                        Comparator.comparingInt((SessionSummary one) -> one.id().length())
                                .thenComparing(SessionSummary::id))
                .toList();
    }

    private record Beginning(Opening opening, ByteBuffer sniffed) {}

    /// Finds out how a conversation begins.
    ///
    /// @return empty if there will be none
    private Optional<Beginning> beginning(Arrival arrival) throws IOException {
        ListenerSettings listener = arrival.listener;
        SocketChannel channel = arrival.channel;
        return switch (listener.policy().mode()) {
            case EXPLICIT, PLAIN -> Optional.of(inTheClear(ByteBuffer.allocate(0)));
            case AUTO ->
                    switch (Sniffer.look(channel, listener.sniff())) {
                        case FirstOctets.ClientHello(ByteBuffer octets) ->
                                Optional.of(new Beginning(Opening.BY_TLS, octets));
                        case FirstOctets.Other(ByteBuffer octets) ->
                                Optional.of(inTheClear(octets));
                        case FirstOctets.Silence() ->
                                Optional.of(inTheClear(ByteBuffer.allocate(0)));
                        case FirstOctets.End() -> Optional.empty();
                    };
            case IMPLICIT ->
                    switch (Sniffer.look(channel, settings.limits().handshake())) {
                        case FirstOctets.ClientHello(ByteBuffer octets) ->
                                Optional.of(new Beginning(Opening.BY_TLS, octets));
                        case FirstOctets.Other(ByteBuffer octets) -> {
                            wrongMode(arrival, "plain-on-implicit-port");
                            yield Optional.empty();
                        }
                        case FirstOctets.Silence() -> {
                            wrongMode(arrival, "silent-on-implicit-port");
                            yield Optional.empty();
                        }
                        case FirstOctets.End() -> Optional.empty();
                    };
        };
    }

    private static Beginning inTheClear(ByteBuffer sniffed) {
        return new Beginning(Opening.IN_THE_CLEAR, sniffed);
    }

    /// A plain client waits for a greeting that never comes: tell it what this port is.
    private void wrongMode(Arrival arrival, String reason) throws IOException {
        settings.events()
                .accept(
                        new Event.WrongMode(
                                arrival.id,
                                arrival.listener.name(),
                                AddressText.of(arrival.client),
                                reason));
        Farewell.inTheClear(arrival.channel, Reply.IMPLICIT_ONLY);
    }

    private void closeListeners() {
        for (ControlListener listener : listeners) {
            try {
                listener.close();
            } catch (IOException failed) {
                String cause = String.valueOf(failed.getMessage());
                settings.events().accept(new Event.AcceptFailed("-", "closing", cause));
            }
        }
    }

    private void await(BooleanSupplier end, Duration patience) {
        long start = settings.ticker().nanos();
        while (!end.getAsBoolean() && settings.ticker().since(start).compareTo(patience) < 0) {
            LockSupport.parkNanos(STOP_POLL.toNanos());
        }
    }

    private static void closeNow(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException gone) {
            // That is what was wanted.
        }
    }
}
