package io.sealane.core.tls;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

/// One control connection's context. Garbage collection frees it.
final class JsseSession implements SessionTls {
    /// The JDK of today has no post-quantum group.
    private static final List<NamedGroup> GROUPS =
            List.of(NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.SECP384R1);

    private static final String OLD_HELLO = "SSLv2Hello";

    private static final Pattern PEER_ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    /// Longest life of a ticket in TLS 1.3: seven days (RFC 8446 section 4.6.1).
    private static final int LIFETIME_SECONDS_MAX = 604_800;

    /// JSSE makes no TLS 1.3 ticket in a context whose lifetime exceeds the protocol's, and still
    /// takes those it made before.
    private static final int LIFETIME_SECONDS_WITHOUT_TICKETS = LIFETIME_SECONDS_MAX + 1;

    /// TLS 1.2 sessions kept for resumption by id, the most recently used first to stay.
    private static final int SESSIONS_CACHED_MAX = 32;

    /// A session value that means nothing but that it was put.
    private static final String TICKET_VALUE = "sealane.ticket";

    private enum Phase {
        CONTROL,
        DATA,
        CLOSED
    }

    /// Where clients get TLS 1.3 tickets once the control handshake is over.
    private enum Tickets {
        BY_CONTROL,
        BY_DATA
    }

    private final SSLContext context;
    private final TlsSettings settings;
    private final ClientCheck clients;
    private final String[] offered;
    private final String[] suites;
    private String[] protocols;
    private final ReentrantLock lock = new ReentrantLock();
    private Phase phase = Phase.CONTROL;
    private Tickets tickets = Tickets.BY_CONTROL;
    private final List<SSLEngine> controlEngines = new ArrayList<>(1);
    // What the control connection established. JSSE's cache holds it softly: without this a full
    // heap would cost the resumption by session id.
    private final List<SSLSession> established = new ArrayList<>(1);

    JsseSession(SSLContext context, TlsSettings settings, ClientCheck clients) {
        this.context = context;
        this.settings = settings;
        this.clients = clients;
        offered = settings.versions().stream().map(TlsVersion::protocol).toArray(String[]::new);
        protocols = offered;
        suites =
                CipherSuite.served(settings.strength()).stream()
                        .map(CipherSuite::name)
                        .toArray(String[]::new);
        context.getServerSessionContext().setSessionTimeout(LIFETIME_SECONDS_MAX);
        context.getServerSessionContext().setSessionCacheSize(SESSIONS_CACHED_MAX);
    }

    @Override
    public SSLEngine newControlEngine() throws TlsException {
        lock.lock();
        try {
            return switch (phase) {
                case CONTROL -> {
                    SSLEngine engine = newEngine();
                    clients.askOnControl(engine);
                    controlEngines.add(engine);
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
                case DATA -> {
                    makeNoTickets();
                    yield newDataEngineNow();
                }
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
            tickets = Tickets.BY_DATA;
            context.getServerSessionContext().setSessionTimeout(LIFETIME_SECONDS_MAX);
        } finally {
            lock.unlock();
        }
    }

    /// From a context that nothing else comes from: it has nothing to resume.
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
        try {
            SSLContext others = SSLContext.getInstance("TLS");
            others.init(null, new TrustManager[] {new AnyServer()}, null);
            SSLEngine engine = others.createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setProtocols(offered);
            parameters.setCipherSuites(suites);
            engine.setSSLParameters(parameters);
            return engine;
        } catch (GeneralSecurityException cause) {
            throw new TlsException("JSSE makes no client", cause);
        }
    }

    /// JSSE gives a ticket behind the next record when a value of the session was put. The next
    /// data engine ends the time in which it may.
    @Override
    public void offerTicket(SSLEngine controlEngine) {
        context.getServerSessionContext().setSessionTimeout(LIFETIME_SECONDS_MAX);
        controlEngine.getSession().putValue(TICKET_VALUE, TICKET_VALUE);
    }

    /// A resumed session has the creation time of the one it resumes, to the millisecond, and that
    /// is the only sign of a resumption that JSSE gives: session ids differ in TLS 1.3, a stateless
    /// ticket loses a session's values, and the key manager is asked in resumed handshakes too (JDK
    /// 25 looks whether the certificate in a ticket is still the one).
    ///
    /// Security: it also tells what the control connection established from what a stranger did on
    /// a data connection, by a full handshake in TLS 1.2, and now comes back with.
    @Override
    public Handshake describe(SSLEngine engine) {
        SSLSession session = engine.getSession();
        Optional<ClientIdentity> client = clients.identify(session);
        if (isControl(engine)) {
            clients.controlDone(client);
        }
        return new Handshake(
                session.getProtocol(),
                CipherSuite.registered(session.getCipherSuite()),
                isOfControl(session, engine),
                client);
    }

    @Override
    public Optional<ClientIdentity> client() {
        return clients.client();
    }

    @Override
    public ApplicationProtocols applicationProtocols() {
        return settings.protocols();
    }

    @Override
    public TlsAcceptance accepts() {
        return TlsAcceptance.of(settings.with(versions()), GROUPS);
    }

    @Override
    public Optional<String> peerAlert(SSLException failure) {
        Matcher alert = PEER_ALERT.matcher(String.valueOf(failure.getMessage()));
        return alert.find() ? Optional.of(alert.group(1)) : Optional.empty();
    }

    @Override
    public void release(SSLEngine engine) {
        lock.lock();
        try {
            if (controlEngines.remove(engine)) {
                remember(engine);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            phase = Phase.CLOSED;
            controlEngines.clear();
            established.clear();
        } finally {
            lock.unlock();
        }
    }

    private boolean isControl(SSLEngine engine) {
        lock.lock();
        try {
            return controlEngines.contains(engine);
        } finally {
            lock.unlock();
        }
    }

    private Set<TlsVersion> versions() {
        lock.lock();
        try {
            List<String> spoken = List.of(protocols);
            return settings.versions().stream()
                    .filter(version -> spoken.contains(version.protocol()))
                    .collect(Collectors.toUnmodifiableSet());
        } finally {
            lock.unlock();
        }
    }

    private boolean isOfControl(SSLSession session, SSLEngine engine) {
        lock.lock();
        try {
            return !engine.getUseClientMode()
                    && !controlEngines.contains(engine)
                    && established.stream()
                            .anyMatch(own -> own.getCreationTime() == session.getCreationTime());
        } finally {
            lock.unlock();
        }
    }

    /// From here on data engines speak the version that the control connection negotiated. A client
    /// could resume nothing in another; and in TLS 1.2 the context has to go on giving tickets,
    /// because JSSE would announce one and not send it, which OpenSSL's and BoringSSL's clients
    /// take for a broken handshake (there it is a part of the handshake and harmless), while in TLS
    /// 1.3 it must not give any.
    private void beginData() {
        phase = Phase.DATA;
        controlEngines.forEach(this::remember);
        makeNoTickets();
        awaitNextMillisecond();
    }

    private void makeNoTickets() {
        if (tickets == Tickets.BY_CONTROL
                && List.of(protocols).equals(List.of(TlsVersion.TLS_1_3.protocol()))) {
            context.getServerSessionContext().setSessionTimeout(LIFETIME_SECONDS_WITHOUT_TICKETS);
        }
    }

    private void remember(SSLEngine engine) {
        SSLSession session = engine.getSession();
        if (Arrays.asList(protocols).contains(session.getProtocol())) {
            established.add(session);
            protocols = new String[] {session.getProtocol()};
        }
    }

    /// So that no data connection's own session can have the control connection's creation time.
    private static void awaitNextMillisecond() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() == now) {
            Thread.onSpinWait();
        }
    }

    private SSLEngine newDataEngineNow() {
        SSLEngine engine = newEngine();
        clients.askOnData(engine);
        return engine;
    }

    private SSLEngine newEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(withOldHello(protocols));
        parameters.setCipherSuites(suites);
        parameters.setSignatureSchemes(JsseRestrictions.signatures(settings.strength()));
        parameters.setUseCipherSuitesOrder(true);
        parameters.setNamedGroups(
                GROUPS.stream().map(NamedGroup::registered).toArray(String[]::new));
        engine.setSSLParameters(parameters);
        // Where only others are offered, it does not come here.
        engine.setHandshakeApplicationProtocolSelector((asking, offered) ->
                settings.protocols().names().stream()
                        .filter(offered::contains)
                        .findFirst()
                        .orElse(""));
        return engine;
    }

    /// Interop: OpenSSL before 1.0 says its ClientHello in the format of SSL 2 (RFC 5246 appendix
    /// E.2), whatever version it offers in it.
    private static String[] withOldHello(String[] protocols) {
        List<String> taken = new ArrayList<>(List.of(protocols));
        if (taken.contains(TlsVersion.TLS_1_0.protocol())) {
            taken.add(OLD_HELLO);
        }
        return taken.toArray(String[]::new);
    }
}
