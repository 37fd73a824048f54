package io.sealane.conformance;

import io.sealane.accounts.Account;
import io.sealane.accounts.AccountException;
import io.sealane.accounts.MemoryAccountStore;
import io.sealane.accounts.Secret;
import io.sealane.accounts.StoredAccount;
import io.sealane.accounts.StoredAccountAuthenticator;
import io.sealane.accounts.UserName;
import io.sealane.accounts.VerificationLimits;
import io.sealane.core.command.ListingSettings;
import io.sealane.core.command.Services;
import io.sealane.core.data.ActiveSettings;
import io.sealane.core.data.PassiveSettings;
import io.sealane.core.data.ServerToServer;
import io.sealane.core.event.Event;
import io.sealane.core.limit.Limits;
import io.sealane.core.limit.Ticker;
import io.sealane.core.server.ClientCharsets;
import io.sealane.core.server.FtpServer;
import io.sealane.core.server.ListenerSettings;
import io.sealane.core.server.ServerSettings;
import io.sealane.core.tls.ApplicationProtocols;
import io.sealane.core.tls.ClientCertificates;
import io.sealane.core.tls.NamedGroup;
import io.sealane.core.tls.PolicyOptions;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.core.tls.Requirement;
import io.sealane.core.tls.SessionBinding;
import io.sealane.core.tls.Strength;
import io.sealane.core.tls.TlsDemands;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsPolicy;
import io.sealane.core.tls.TlsSettings;
import io.sealane.core.tls.TlsVersion;
import io.sealane.core.tls.UploadEnd;
import io.sealane.core.transfer.TransferSettings;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.TestCertificate;
import io.sealane.vfs.Storage;
import io.sealane.vfs.VirtualPath;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/// A server in this JVM with a listener for each [Door] on both loopbacks, on ports that the kernel
/// chose, files in memory, four accounts and a clock that the test moves. Owned by the test.
final class TestServer implements AutoCloseable {
    static final String USER = "demo";
    static final String PASSWORD = "secret";
    static final String OTHER_USER = "other";

    /// Its realm's; has the same password.
    static final String REALM_USER = "demo@acme";

    /// Has the same password, and may not enter.
    static final String DISABLED_USER = "asleep";

    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    /// Short enough for tests that run into them, long enough for a busy machine not to.
    static final Limits LIMITS =
            new Limits(
                    2_000,
                    2_000,
                    2_000,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(60));

    private static final Duration SNIFF = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final long POLL_NANOS = 1_000_000;

    private final RecordingSink events = new RecordingSink();
    private final ConcurrentMap<String, TestFiles> files = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final InstantSource clock = now::get;
    private final MemoryAccountStore accounts;
    private final StoredAccountAuthenticator authenticator;
    private final FtpServer server;

    /// What differs from server to server.
    record Options(
            Library library,
            Limits limits,
            SessionBinding binding,
            UploadEnd uploadEnd,
            DataConnections data,
            ListingSettings listing,
            TransferSettings transfers,
            ClientCharsets charsets,
            Policies policies,
            TestHosts hosts) {
        static final Options DEFAULTS =
                new Options(
                        Library.JSSE,
                        LIMITS,
                        SessionBinding.PREFER,
                        UploadEnd.STRICT,
                        DataConnections.DEFAULTS,
                        ListingSettings.DEFAULTS,
                        TransferSettings.DEFAULTS,
                        ClientCharsets.UTF_8_ALONE,
                        Policies.NONE,
                        TestHosts.NONE);

        Options with(Library other) {
            return new Options(
                    other, limits, binding, uploadEnd, data, listing, transfers, charsets, policies,
                    hosts);
        }

        Options with(Limits other) {
            return new Options(
                    library, other, binding, uploadEnd, data, listing, transfers, charsets,
                    policies, hosts);
        }

        Options with(SessionBinding other) {
            return new Options(
                    library, limits, other, uploadEnd, data, listing, transfers, charsets, policies,
                    hosts);
        }

        Options with(UploadEnd other) {
            return new Options(
                    library, limits, binding, other, data, listing, transfers, charsets, policies,
                    hosts);
        }

        Options with(DataConnections other) {
            return new Options(
                    library, limits, binding, uploadEnd, other, listing, transfers, charsets,
                    policies, hosts);
        }

        Options with(ListingSettings other) {
            return new Options(
                    library, limits, binding, uploadEnd, data, other, transfers, charsets, policies,
                    hosts);
        }

        Options with(TransferSettings other) {
            return new Options(
                    library, limits, binding, uploadEnd, data, listing, other, charsets, policies,
                    hosts);
        }

        Options with(ClientCharsets other) {
            return new Options(
                    library, limits, binding, uploadEnd, data, listing, transfers, other, policies,
                    hosts);
        }

        Options with(Policies other) {
            return new Options(
                    library, limits, binding, uploadEnd, data, listing, transfers, charsets, other,
                    hosts);
        }

        Options with(TestHosts other) {
            return new Options(
                    library, limits, binding, uploadEnd, data, listing, transfers, charsets,
                    policies, other);
        }
    }

    /// What is demanded of TLS beyond what each door does.
    ///
    /// @param accounts demands of accounts, by name
    /// @param mounts demands of what lies below a path
    record Policies(
            PolicyOptions listener, Map<String, String> accounts, Map<VirtualPath, String> mounts) {
        static final Policies NONE = new Policies(PolicyOptions.DEFAULTS, Map.of(), Map.of());

        Policies with(PolicyOptions other) {
            return new Policies(other, accounts, mounts);
        }

        Policies account(String name, String demands) {
            Map<String, String> all = new HashMap<>(accounts);
            all.put(name, demands);
            return new Policies(listener, all, mounts);
        }

        Policies mount(String path, String demands) {
            return new Policies(
                    listener, accounts, Map.of(VirtualPath.parse(path).orElseThrow(), demands));
        }

        private List<Layer> at(VirtualPath path) {
            return mounts.entrySet().stream()
                    .filter(mount -> path.startsWith(mount.getKey()))
                    .map(mount ->
                            new Layer(
                                    "mount " + mount.getKey(), TlsDemands.parse(mount.getValue())))
                    .toList();
        }
    }

    /// How data connections are made.
    record DataConnections(
            PassiveSettings passive, ActiveSettings active, ServerToServer serverToServer) {
        static final DataConnections DEFAULTS =
                new DataConnections(
                        PassiveSettings.systemChosen(),
                        ActiveSettings.DEFAULTS,
                        ServerToServer.NOBODY);

        DataConnections with(PassiveSettings other) {
            return new DataConnections(other, active, serverToServer);
        }

        DataConnections with(ActiveSettings other) {
            return new DataConnections(passive, other, serverToServer);
        }

        DataConnections with(ServerToServer other) {
            return new DataConnections(passive, active, other);
        }
    }

    private TestServer(Options options, Optional<Storage> storage, ClientCertificates clients)
            throws IOException {
        this.accounts = accounts(options.policies());
        this.authenticator =
                new StoredAccountAuthenticator(
                        accounts,
                        new PlainPasswordHash(),
                        VerificationLimits.forProcessors(2),
                        Duration.ofMinutes(15));
        this.server =
                FtpServer.start(
                        new ServerSettings(
                                "Sealane",
                                Arrays.stream(Door.values())
                                        .map(door ->
                                                listener(door, options, clients, authenticator))
                                        .toList(),
                                options.data().passive(),
                                options.data().active(),
                                options.data().serverToServer(),
                                options.hosts().over(new Stores(storage, options.policies())),
                                options.listing(),
                                options.transfers(),
                                options.charsets(),
                                options.limits(),
                                authenticator,
                                events,
                                clock,
                                Ticker.system(),
                                new SecureRandom()));
    }

    private final class Stores implements Services.StorageProvider {
        private final Optional<Storage> shared;
        private final Policies policies;

        Stores(Optional<Storage> shared, Policies policies) {
            this.shared = shared;
            this.policies = policies;
        }

        @Override
        public Storage open(Account account) {
            return shared.orElseGet(() -> files(account.name().text()).storage());
        }

        @Override
        public List<Layer> demands(Account account, VirtualPath path) {
            return policies.at(path);
        }
    }

    static TestServer start() throws IOException {
        return start(Options.DEFAULTS);
    }

    static TestServer start(Options options) throws IOException {
        return new TestServer(options, Optional.empty(), ClientCertificates.NONE);
    }

    /// A server that asks clients for certificates.
    static TestServer start(Options options, ClientCertificates clients) throws IOException {
        return new TestServer(options, Optional.empty(), clients);
    }

    /// A server whose users all see `storage`.
    static TestServer start(Options options, Storage storage) throws IOException {
        return new TestServer(options, Optional.of(storage), ClientCertificates.NONE);
    }

    /// The default limits with some changed.
    static Options limited(UnaryOperator<Limits> change) {
        return Options.DEFAULTS.with(change.apply(LIMITS));
    }

    static Limits handshake(Limits limits, Duration handshake) {
        return new Limits(
                limits.sessions(),
                limits.sessionsPerUser(),
                limits.sessionsPerAddress(),
                limits.idle(),
                limits.login(),
                handshake,
                limits.stall(),
                limits.dataConnect(),
                limits.linger(),
                limits.keepalive());
    }

    static Limits stall(Limits limits, Duration stall) {
        return new Limits(
                limits.sessions(),
                limits.sessionsPerUser(),
                limits.sessionsPerAddress(),
                limits.idle(),
                limits.login(),
                limits.handshake(),
                stall,
                limits.dataConnect(),
                limits.linger(),
                limits.keepalive());
    }

    static Limits dataConnect(Limits limits, Duration dataConnect) {
        return new Limits(
                limits.sessions(),
                limits.sessionsPerUser(),
                limits.sessionsPerAddress(),
                limits.idle(),
                limits.login(),
                limits.handshake(),
                limits.stall(),
                dataConnect,
                limits.linger(),
                limits.keepalive());
    }

    static Limits linger(Limits limits, Duration linger) {
        return new Limits(
                limits.sessions(),
                limits.sessionsPerUser(),
                limits.sessionsPerAddress(),
                limits.idle(),
                limits.login(),
                limits.handshake(),
                limits.stall(),
                limits.dataConnect(),
                linger,
                limits.keepalive());
    }

    static Limits silence(Limits limits, Duration idle, Duration login) {
        return new Limits(
                limits.sessions(),
                limits.sessionsPerUser(),
                limits.sessionsPerAddress(),
                idle,
                login,
                limits.handshake(),
                limits.stall(),
                limits.dataConnect(),
                limits.linger(),
                limits.keepalive());
    }

    static Limits sessions(Limits limits, int all, int perUser, int perAddress) {
        return new Limits(
                all,
                perUser,
                perAddress,
                limits.idle(),
                limits.login(),
                limits.handshake(),
                limits.stall(),
                limits.dataConnect(),
                limits.linger(),
                limits.keepalive());
    }

    InetSocketAddress address(Door door) {
        return address(door, Family.IPV4);
    }

    InetSocketAddress address(Door door, Family family) {
        return server.ports().stream()
                .filter(port -> port.listener().equals(door.name()))
                .map(FtpServer.BoundPort::address)
                .filter(address -> address.getAddress().equals(family.loopback()))
                .findFirst()
                .orElseThrow();
    }

    FtpServer server() {
        return server;
    }

    RecordingSink events() {
        return events;
    }

    TestFiles files() {
        return files(USER);
    }

    TestFiles files(String user) {
        return files.computeIfAbsent(user, _ -> TestFiles.fresh(clock));
    }

    /// Has `user` see the files of `other` from the next login on.
    void give(String user, TestFiles other) {
        files.put(user, other);
    }

    /// Everybody who logs in from now on finds the files as they are at the start.
    void resetFiles() {
        files.clear();
    }

    /// Connects and reads the greeting; in implicit mode after the handshake.
    ProbeClient greeted(Door door) throws IOException {
        return greeted(door, Family.IPV4, ProbeClient.Settings.DEFAULTS);
    }

    ProbeClient greeted(Door door, Family family, ProbeClient.Settings settings)
            throws IOException {
        InetSocketAddress target = address(door, family);
        ProbeClient client =
                switch (door.mode()) {
                    case IMPLICIT -> ProbeClient.implicit(target, settings);
                    case EXPLICIT, AUTO, PLAIN -> ProbeClient.connect(target, settings);
                };
        return ready(client, Conversant::greeted);
    }

    /// A member in the clear.
    ProbeClient plainMember(Door door) throws IOException {
        return plainMember(door, Family.IPV4);
    }

    ProbeClient plainMember(Door door, Family family) throws IOException {
        return plainMember(door, family, ProbeClient.Settings.DEFAULTS);
    }

    ProbeClient plainMember(Door door, Family family, ProbeClient.Settings settings)
            throws IOException {
        return ready(
                greeted(door, family, settings),
                client -> client.login(USER, PASSWORD).send("TYPE I").expect(200));
    }

    /// A member whose control and data connections are protected.
    ProbeClient securedMember(Door door) throws IOException {
        return securedMember(door, Family.IPV4, ProbeClient.Settings.DEFAULTS);
    }

    ProbeClient securedMember(Door door, Family family, ProbeClient.Settings settings)
            throws IOException {
        return ready(
                greeted(door, family, settings),
                client -> {
                    switch (door.mode()) {
                        case EXPLICIT, AUTO -> client.startTls();
                        case IMPLICIT -> {}
                        case PLAIN -> throw new IllegalArgumentException("no TLS at " + door);
                    }
                    return client.login(USER, PASSWORD).protect().send("TYPE I").expect(200);
                });
    }

    /// Waits until no session is left.
    void awaitNoSessions() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (server.sessions() > 0) {
            if (deadline - System.nanoTime() < 0) {
                throw new AssertionError(server.sessions() + " sessions are left; " + events);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// Stops the server. A defect that it reported meanwhile fails the test.
    @Override
    public void close() {
        server.close();
        authenticator.close();
        awaitBuffersGivenBack();
        Optional<Event.Defect> defect = events.all(Event.Defect.class).stream().findFirst();
        if (defect.isPresent()) {
            throw new AssertionError("the server reported " + defect.get(), defect.get().cause());
        }
    }

    /// Whoever is stopped gives back what it holds, if a moment later.
    private void awaitBuffersGivenBack() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (server.lentBytes() != 0) {
            if (deadline - System.nanoTime() < 0) {
                throw new AssertionError(
                        server.lentBytes() + " octets of buffers were not given back");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// A step of a conversation.
    @FunctionalInterface
    private interface Conversant {
        static ProbeClient greeted(ProbeClient client) throws IOException {
            return client.expect(220);
        }

        ProbeClient lead(ProbeClient client) throws IOException;
    }

    private static ProbeClient ready(ProbeClient client, Conversant conversant) throws IOException {
        try {
            return conversant.lead(client);
        } catch (IOException | RuntimeException | AssertionError failure) {
            client.close();
            throw failure;
        }
    }

    private static ListenerSettings listener(
            Door door,
            Options options,
            ClientCertificates clients,
            StoredAccountAuthenticator authenticator) {
        return new ListenerSettings(
                door.name(),
                List.of(
                        new InetSocketAddress(Family.IPV4.loopback(), 0),
                        new InetSocketAddress(Family.IPV6.loopback(), 0)),
                new TlsPolicy(
                        door.mode(),
                        door.control(),
                        door.data(),
                        TlsVersion.TLS_1_2,
                        options.binding(),
                        Requirement.OPTIONAL,
                        options.uploadEnd(),
                        door.concessions()),
                options.policies().listener(),
                hello ->
                        options.library()
                                .provider()
                                .newSession(
                                        new TlsSettings(
                                                Identity.SETTINGS.identity(),
                                                Identity.SETTINGS.versions(),
                                                Strength.MODERN,
                                                clients,
                                                ApplicationProtocols.of(
                                                        hello, authenticator::hasOneTimePasswords),
                                                NamedGroup.inOrderFor(hello, NamedGroup.SERVED))),
                SNIFF);
    }

    /// Made once per JVM.
    private static final class Identity {
        private static final TlsSettings SETTINGS =
                new TlsSettings(
                        new TlsIdentity(TestCertificate.ec().key(), TestCertificate.ec().chain()),
                        TlsVersion.modern());
    }

    /// The accounts, which may change while the server runs.
    MemoryAccountStore accounts() {
        return accounts;
    }

    /// Lets time go by for the server.
    void advance(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private static MemoryAccountStore accounts(Policies policies) {
        MemoryAccountStore accounts = new MemoryAccountStore();
        add(accounts, USER, true, policies);
        add(accounts, OTHER_USER, true, policies);
        add(accounts, REALM_USER, true, policies);
        add(accounts, DISABLED_USER, false, policies);
        return accounts;
    }

    private static void add(
            MemoryAccountStore accounts, String name, boolean enabled, Policies policies) {
        try (Secret secret = Secret.of(PASSWORD)) {
            accounts.add(
                    new StoredAccount(
                            new Account(
                                    new UserName(name),
                                    enabled,
                                    Optional.empty(),
                                    policies.accounts().getOrDefault(name, "")),
                            new PlainPasswordHash().hash(secret)));
        } catch (AccountException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
