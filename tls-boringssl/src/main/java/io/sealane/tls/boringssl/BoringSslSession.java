package io.sealane.tls.boringssl;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.sealane.core.tls.ApplicationProtocols;
import io.sealane.core.tls.ClientCheck;
import io.sealane.core.tls.ClientIdentity;
import io.sealane.core.tls.Handshake;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsAcceptance;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsSettings;
import io.sealane.core.tls.TlsVersion;
import io.sealane.core.wire.ClientHello;
import io.sealane.tls.boringssl.BoringSslEngine.Role;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/// One control connection's context. Its data engines come from the same context: that way they
/// share the ticket keys and the cache of TLS 1.2 session ids too. Decided by test; a sibling
/// context with the same keys resumes tickets but no session ids.
///
/// The context lives until it is closed and its last engine is released, whichever comes last: each
/// engine holds a reference.
final class BoringSslSession implements SessionTls {
    /// Lifetime of the control connection's session ids and TLS 1.2 tickets: the longest of TLS
    /// 1.3, seven days. The two tickets of a TLS 1.3 handshake have BoringSSL's two days, which
    /// netty does not let be changed; [FreshTickets] have seven.
    static final long LIFETIME_SECONDS = 604_800;

    /// Lifetime of a session that a data connection establishes; the least that BoringSSL takes.
    private static final long DATA_LIFETIME_SECONDS = 1;

    /// What a control engine keeps to send where clients show certificates: each of its two tickets
    /// holds the client's chain, and [TicketSource] has to see whole records. Netty's own buffer of
    /// 2 KiB is full with a chain of two.
    private static final int TICKETS_BYTES_MAX = 32 * 1024;

    /// Netty's own.
    private static final int BIO_BYTES = 2048;

    private enum Phase {
        CONTROL,
        DATA,
        CLOSED
    }

    /// A fatal alert of the peer, in BoringSSL's error code: `SSLV3_ALERT_BAD_CERTIFICATE`,
    /// `TLSV1_ALERT_UNKNOWN_CA`.
    private static final Pattern PEER_ALERT = Pattern.compile("(?:SSLV3|TLSV1)_ALERT_(\\w+)");

    // Guards `phase` and `dataRole`, and that the context exists while an engine is made from it.
    private final ReentrantLock lock = new ReentrantLock();
    private final ReferenceCountedOpenSslContext context;
    private final TlsSettings settings;
    private final NativeIdentity identity;
    private final ClientCheck clients;
    private final TicketKey ticketKey;
    private final InstantSource clock;
    private final ClientSecrets clientSecrets = new ClientSecrets();
    private volatile String controlSessionId = "";
    private Phase phase = Phase.CONTROL;
    private Role dataRole = Role.DATA;

    /// Adopts `context`.
    ///
    /// @param ticketKey by which its tickets are sealed
    BoringSslSession(
            ReferenceCountedOpenSslContext context,
            TlsSettings settings,
            NativeIdentity identity,
            ClientCheck clients,
            TicketKey ticketKey,
            InstantSource clock) {
        this.context = context;
        this.settings = settings;
        this.identity = identity;
        this.clients = clients;
        this.ticketKey = ticketKey;
        this.clock = clock;
    }

    @Override
    public SSLEngine newControlEngine() throws TlsException {
        lock.lock();
        try {
            return switch (phase) {
                case CONTROL -> {
                    TicketSource tickets = new TicketSource(ticketKey, clock);
                    BoringSslNative.logKeys(context, tickets);
                    if (clients.acceptedIssuers().length > 0) {
                        context.setBioNonApplicationBufferSize(TICKETS_BYTES_MAX);
                    }
                    SSLEngine engine = newEngine(context, Role.CONTROL, tickets);
                    clients.askOnControl(engine);
                    yield engine;
                }
                case DATA -> throw new IllegalStateException("the control handshake is over");
                case CLOSED -> throw new TlsException("the control connection has ended");
            };
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SSLEngine newDataEngine() throws TlsException {
        lock.lock();
        try {
            return switch (phase) {
                case CONTROL -> {
                    beginData();
                    yield newDataEngineNow();
                }
                case DATA -> newDataEngineNow();
                case CLOSED -> throw new TlsException("the control connection has ended");
            };
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void controlLeft() {
        lock.lock();
        try {
            dataRole = Role.DATA_WITH_TICKET;
        } finally {
            lock.unlock();
        }
    }

    /// From a context that nothing else comes from, and that lives as long as the engine: it has
    /// nothing to resume.
    @Override
    public SSLEngine newClientEngine() throws TlsException {
        lock.lock();
        try {
            if (phase == Phase.CLOSED) {
                throw new TlsException("the control connection has ended");
            }
        } finally {
            lock.unlock();
        }
        ReferenceCountedOpenSslContext others = BoringSslProvider.newClientContext(settings);
        try {
            return newEngine(others, Role.CLIENT, new TicketSource(ticketKey, clock));
        } finally {
            others.release();
        }
    }

    @Override
    public void offerTicket(SSLEngine controlEngine) {
        ((BoringSslEngine) controlEngine).offerTicket();
    }

    @Override
    public Handshake describe(SSLEngine engine) {
        SSLSession established = engine.getSession();
        Role role = ((BoringSslEngine) engine).role();
        Optional<ClientIdentity> client =
                role == Role.CLIENT ? Optional.empty() : clients.identify(established);
        if (role == Role.CONTROL) {
            controlSessionId = HexFormat.of().formatHex(established.getId());
            clients.controlDone(client);
        }
        return new Handshake(
                established.getProtocol(),
                established.getCipherSuite(),
                isOfControl((BoringSslEngine) engine, established.getProtocol()),
                client);
    }

    @Override
    public Optional<ClientIdentity> client() {
        return clients.client();
    }

    @Override
    public boolean knows(ClientHello hello) {
        return hello.sessions().contains(ticketKey.name())
                || hello.sessions().contains(controlSessionId);
    }

    @Override
    public ApplicationProtocols applicationProtocols() {
        return settings.protocols();
    }

    @Override
    public TlsAcceptance accepts() {
        return TlsAcceptance.of(settings, settings.groups());
    }

    @Override
    public Optional<String> peerAlert(SSLException failure) {
        Matcher alert = PEER_ALERT.matcher(String.valueOf(failure.getMessage()));
        return alert.find()
                ? Optional.of(alert.group(1).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    @Override
    public void release(SSLEngine engine) {
        ((BoringSslEngine) engine).release();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (phase != Phase.CLOSED) {
                phase = Phase.CLOSED;
                context.release();
            }
        } finally {
            lock.unlock();
        }
    }

    private void beginData() {
        phase = Phase.DATA;
        context.setBioNonApplicationBufferSize(BIO_BYTES);
        BoringSslNative.setLifetime(context, DATA_LIFETIME_SECONDS);
        BoringSslNative.logKeys(context, clientSecrets);
    }

    /// Security: what a data connection established itself is no proof of anything. A stranger who
    /// reached a data port once could come back with it. In TLS 1.3 data connections give nothing
    /// to come back with unless they resumed themselves; in TLS 1.2 a full handshake gives a
    /// session id or a ticket even so, and what is left of its lifetime tells it from the control
    /// connection's.
    private static boolean isOfControl(BoringSslEngine engine, String protocol) {
        return engine.role() != Role.CLIENT
                && BoringSslNative.resumed(engine.netty())
                && (protocol.equals(TlsVersion.TLS_1_3.protocol())
                        || BoringSslNative.lifetime(engine.netty()) > DATA_LIFETIME_SECONDS);
    }

    private SSLEngine newDataEngineNow() throws TlsException {
        SSLEngine engine = newEngine(context, dataRole, new TicketSource(ticketKey, clock));
        clients.askOnData(engine);
        return engine;
    }

    /// An engine that decrypts as many records by one call as there are: netty's `newEngine` gives
    /// one that keeps to one record, as JSSE does; its `newHandler` gives this one, in a wrapper
    /// that costs nothing unless it is put into a pipeline.
    private SSLEngine newEngine(
            ReferenceCountedOpenSslContext owner, Role role, TicketSource tickets)
            throws TlsException {
        ReferenceCountedOpenSslEngine engine =
                (ReferenceCountedOpenSslEngine)
                        owner.newHandler(UnpooledByteBufAllocator.DEFAULT).engine();
        if (role != Role.CLIENT) {
            prove(engine);
        }
        return new BoringSslEngine(engine, role, tickets, clientSecrets);
    }

    private void prove(ReferenceCountedOpenSslEngine engine) throws TlsException {
        try {
            identity.giveTo(engine);
        } catch (SSLException refused) {
            engine.release();
            throw new TlsException("BoringSSL refused the certificate or its key", refused);
        }
        settings.identity().staple().ifPresent(word -> engine.setOcspResponse(word.der()));
    }
}
