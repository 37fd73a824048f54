package io.sealane.core.data;

import io.sealane.core.data.DataConnection.Offered;
import io.sealane.core.data.DataConnectionException.Reason;
import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.Limits;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.ClientHandshake;
import io.sealane.core.tls.ClientHelloReader.First;
import io.sealane.core.tls.ClientIdentity;
import io.sealane.core.tls.ClientOffer;
import io.sealane.core.tls.Handshake;
import io.sealane.core.tls.HandshakeFailure;
import io.sealane.core.tls.PlainTransport;
import io.sealane.core.tls.ProtectionLevel;
import io.sealane.core.tls.ServerHandshake;
import io.sealane.core.tls.SessionProof;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsFacts;
import io.sealane.core.tls.TlsRole;
import io.sealane.core.tls.TlsTransport;
import io.sealane.core.wire.AddressText;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes offers of data connections, and what offers need to become connections.
///
/// Passive ones in three rooms: a [PassiveOffer] is one client's wish; [PortChoice] says where it
/// waits; a [ListeningPort] is the socket there, shared by offers of different clients.
///
/// Safe from any thread.
public final class DataPorts {
    /// One client, and where and how it may connect.
    ///
    /// @param session id for the log
    /// @param listener its control connection came in by, for the log
    /// @param software what the client says it is at the moment, for the log
    /// @param address the client's address on the control connection
    /// @param localAddress the server's address on the control connection
    /// @param standardPort where active connections to it come from
    /// @param lingering those of its data connections that it is done with
    public record Client(
            String session,
            String listener,
            Supplier<String> software,
            InetAddress address,
            InetAddress localAddress,
            StandardPort standardPort,
            DataSecurity security,
            Lingering lingering) {}

    /// Ports that are registered for the server's end of active data connections.
    public enum StandardPort {
        /// `ftp-data` (RFC 959 section 3.2).
        FTP_DATA(20),
        /// `ftps-data`, where the control connection began with TLS.
        FTPS_DATA(989);

        private final int number;

        StandardPort(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /// Octets of the first read of a protected connection: most ClientHellos, all of those that
    /// resume.
    private static final int HELLO_OCTETS = 2048;

    private final PassiveSettings passive;
    private final ActiveSettings active;
    private final PortChoice choice;
    private final SendQueues queues;
    private final Limits limits;
    private final Watchdog watchdog;
    private final BufferPool buffers;
    private final EventSink events;
    private final AtomicLong connections = new AtomicLong();
    private final Lingering lingering = Lingering.ofAll();

    public DataPorts(
            PassiveSettings passive,
            ActiveSettings active,
            Limits limits,
            Watchdog watchdog,
            BufferPool buffers,
            EventSink events,
            RandomGenerator random) {
        this.passive = passive;
        this.active = active;
        this.choice = new PortChoice(passive, events, random, watchdog.ticker());
        this.queues = new SendQueues(watchdog.ticker());
        this.limits = limits;
        this.watchdog = watchdog;
        this.buffers = buffers;
        this.events = events;
    }

    /// How a data connection is to be protected.
    ///
    /// @param role this server's, where the level asks for TLS
    public record Security(ProtectionLevel level, TlsRole role) {
        Security with(ProtectionLevel other) {
            return new Security(other, role);
        }
    }

    /// Offers a port for one data connection of `client`.
    ///
    /// @param others who may connect beside the client
    /// @return empty if no port has room
    public Optional<PassiveOffer> openPassive(
            Client client, OtherServers others, Security security) {
        ExpectedPeer expected = ExpectedPeer.of(client.address(), passive.peerCheck(), others);
        PassiveOffer offer = new PassiveOffer(this, client, expected, security);
        Optional<ListeningPort> port = choice.place(offer);
        if (port.isEmpty()) {
            offer.close();
        }
        return port.map(offer::at);
    }

    /// Notes where to connect to when the next transfer begins.
    ///
    /// @param peer who is there
    public ActiveOffer openActive(
            Client client, InetSocketAddress address, DataConnection.Peer peer, Security security) {
        return new ActiveOffer(this, client, address, peer, security);
    }

    /// The address that 227 names.
    ///
    /// Interop: on IPv6 there is none. Node-ftp knows PASV only; 0.0.0.0 sends it, as several other
    /// clients, to the control connection's address, where it works.
    public Inet4Address advertisedAddress(Client client) {
        return passive.advertised()
                .addressFor(client.address())
                .orElseGet(() ->
                        ownAddress(client) instanceof Inet4Address own
                                ? own
                                : (Inet4Address) InetAddress.ofLiteral("0.0.0.0"));
    }

    /// Where the ports are: the one address that they are bound to, or else the one that the client
    /// knows already.
    private InetAddress ownAddress(Client client) {
        InetAddress bound = passive.binding().addressFor(client.localAddress());
        return bound.isAnyLocalAddress() ? client.localAddress() : bound;
    }

    ActiveSettings activeSettings() {
        return active;
    }

    Limits limits() {
        return limits;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    DataConnection plain(Client client, SocketChannel channel, DataConnection.Peer peer) {
        return new DataConnection(
                channel,
                new PlainTransport(channel),
                Optional.empty(),
                peer,
                SessionProof.NOTHING,
                Offered.NOTHING,
                leave -> linger(client, leave),
                queues);
    }

    /// Counts a connection that a client is done with, and that is there yet.
    ///
    /// @param leave as [Lingering#enter] has it
    Lingering.Stay linger(Client client, Runnable leave) {
        Lingering.Stay ofSession = client.lingering().enter(leave);
        Lingering.Stay ofAll = lingering.enter(leave);
        return () -> {
            ofSession.close();
            ofAll.close();
        };
    }

    /// Ends the data connections that clients are done with, and from now on each as soon as its
    /// client is. When no session is left.
    public void leave() {
        lingering.close();
    }

    /// Runs what belongs to one data connection of a client.
    void startThread(Client client, Runnable work) {
        String name = "data-" + client.session() + "-" + connections.incrementAndGet();
        Thread.ofVirtual().name(name).start(work);
    }

    /// Waits for a client to begin its handshake.
    ByteBuffer firstOctets(Client client, SocketChannel channel, DataConnection.Peer peer)
            throws DataConnectionException {
        ByteBuffer hello = ByteBuffer.allocate(HELLO_OCTETS);
        try {
            if (channel.read(hello) < 0) { // blocks
                throw ended(client, peer, Reason.HANDSHAKE_MISSING, "");
            }
            return hello.flip();
        } catch (DataConnectionException missing) {
            throw missing;
        } catch (IOException reset) {
            throw new DataConnectionException(Reason.HANDSHAKE_MISSING, "reset");
        }
    }

    /// Takes the TLS handshake of a data connection. On failure the channel is closed.
    ///
    /// @param hello what was read of it already
    /// @param timedOut whether the time for it has run out, which closes the channel
    DataConnection secured(
            Client client,
            SocketChannel channel,
            DataConnection.Peer peer,
            ByteBuffer hello,
            BooleanSupplier timedOut)
            throws DataConnectionException {
        ServerHandshake handshake = new ServerHandshake(channel);
        try {
            Resumable resumable = new Resumable(client);
            TlsTransport transport =
                    handshake.shake(hello, first -> resumable.open(channel, first, buffers));
            boolean offers =
                    handshake.hello().filter(said -> !said.sessions().isEmpty()).isPresent();
            Handshake done = transport.negotiated();
            SessionProof proof = done.resumed() ? resumable.proof : SessionProof.NOTHING;
            boolean isOther =
                    peer == DataConnection.Peer.CLIENT
                            && !isOfClient(proof, done, identity(client));
            return new DataConnection(
                    channel,
                    transport,
                    Optional.of(handshake.facts()),
                    isOther ? DataConnection.Peer.OTHER_CLIENT : peer,
                    proof,
                    offers ? Offered.A_SESSION : Offered.NOTHING,
                    leave -> linger(client, leave),
                    queues);
        } catch (HandshakeFailure failed) {
            handshake.abandon();
            throw reported(client, peer, timedOut.getAsBoolean() ? failed.afterTimeout() : failed);
        }
    }

    /// Begins the TLS handshake of a data connection to another server. On failure the channel is
    /// closed.
    ///
    /// @param timedOut whether the time for it has run out, which closes the channel
    DataConnection securedAsClient(
            Client client,
            SocketChannel channel,
            DataConnection.Peer peer,
            BooleanSupplier timedOut)
            throws DataConnectionException {
        try {
            TlsTransport transport =
                    ClientHandshake.shake(
                            channel,
                            () -> TlsTransport.dataAsClient(channel, sessionTls(client), buffers));
            return new DataConnection(
                    channel,
                    transport,
                    Optional.of(TlsFacts.asClient(transport)),
                    peer,
                    SessionProof.NOTHING,
                    Offered.NOTHING,
                    leave -> linger(client, leave),
                    queues);
        } catch (HandshakeFailure failed) {
            throw reported(client, peer, timedOut.getAsBoolean() ? failed.afterTimeout() : failed);
        }
    }

    private DataConnectionException reported(
            Client client, DataConnection.Peer peer, HandshakeFailure failed) {
        events.accept(
                new Event.HandshakeFailed(
                        client.session(),
                        client.listener(),
                        AddressText.of(client.address()),
                        client.software().get(),
                        "data",
                        failed.code(),
                        ClientOffer.describe(failed.hello()),
                        failed.detail()));
        return switch (failed.reason()) {
            case HANDSHAKE_TIMEOUT -> new DataConnectionException(Reason.HANDSHAKE_TIMEOUT, "");
            case CONNECTION_CLOSED -> ended(client, peer, Reason.HANDSHAKE_FAILED, failed.code());
            default ->
                    new DataConnectionException(
                            failed.reason().isDisagreement()
                                    ? Reason.TLS_NOT_NEGOTIATED
                                    : Reason.HANDSHAKE_FAILED,
                            failed.code());
        };
    }

    /// Security: a client that has shown a certificate has to show it again.
    private static DataConnectionException ended(
            Client client, DataConnection.Peer peer, Reason reason, String cause) {
        return peer == DataConnection.Peer.CLIENT && identity(client).isEmpty()
                ? DataConnectionException.endOfClient(reason, cause)
                : new DataConnectionException(reason, cause);
    }

    /// Whether a data connection is its client's, as far as certificates say. One that resumed the
    /// control connection's session has proven more.
    private static boolean isOfClient(
            SessionProof proof, Handshake data, Optional<ClientIdentity> client) {
        return client.isEmpty()
                || proof == SessionProof.SAME_SESSION
                || data.client().equals(client);
    }

    /// Whose TLS sessions a data connection of a client may resume, and what it proves if it does.
    private static final class Resumable {
        private final Client client;
        private SessionProof proof = SessionProof.SAME_SESSION;

        Resumable(Client client) {
            this.client = client;
        }

        TlsTransport open(SocketChannel channel, First first, BufferPool buffers)
                throws TlsException {
            SessionTls own = sessionTls(client);
            Optional<SessionTls> sibling =
                    first.hello()
                            .filter(said -> !said.sessions().isEmpty() && !own.knows(said))
                            .flatMap(client.security()::sibling);
            if (sibling.isPresent()) {
                try {
                    TlsTransport opened =
                            TlsTransport.data(channel, sibling.get(), first.octets(), buffers);
                    proof = SessionProof.SAME_USER;
                    return opened;
                } catch (TlsException leftMeanwhile) {
                    // Nobody's session then, and a full handshake.
                    return TlsTransport.data(channel, own, first.octets(), buffers);
                }
            }
            return TlsTransport.data(channel, own, first.octets(), buffers);
        }
    }

    private static Optional<ClientIdentity> identity(Client client) {
        return client.security().sessionTls().flatMap(SessionTls::client);
    }

    private static SessionTls sessionTls(Client client) throws TlsException {
        return client.security()
                .sessionTls()
                .orElseThrow(() -> new TlsException("the control connection has no TLS"));
    }

    void defect(Client client, Throwable cause) {
        events.accept(Event.Defect.of(client.session(), "data-connection", cause));
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
}
