package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.Account;
import io.sealane.accounts.AuthResult;
import io.sealane.accounts.Secret;
import io.sealane.accounts.UserName;
import io.sealane.core.command.ListingSettings;
import io.sealane.core.command.VirtualHosts;
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
import io.sealane.core.tls.Concessions;
import io.sealane.core.tls.JsseProvider;
import io.sealane.core.tls.ListenerMode;
import io.sealane.core.tls.PolicyOptions;
import io.sealane.core.tls.Requirement;
import io.sealane.core.tls.SessionBinding;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsPolicy;
import io.sealane.core.tls.TlsSettings;
import io.sealane.core.tls.TlsVersion;
import io.sealane.core.tls.UploadEnd;
import io.sealane.core.transfer.TransferSettings;
import io.sealane.testkit.TestCertificate;
import io.sealane.vfs.Placement;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.Upload;
import io.sealane.vfs.VirtualPath;
import io.sealane.vfs.memory.MemoryStorage;
import io.sealane.vfs.memory.MemoryStorageOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A real server on the loopback for one client at a time: explicit mode, TLS as the client likes,
/// fresh files in memory for each login of `demo` with any password. Active mode is off: octets of
/// a fuzzer must not choose the ports of this machine that somebody connects to.
final class SessionServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// A fuzzer offers data ports and never comes: waiting for it is no use.
    private static final Duration DATA_CONNECT = Duration.ofMillis(5);

    private static final int SESSIONS_MAX = 100;
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private final BlockingQueue<Event> endings = new LinkedBlockingQueue<>(SESSIONS_MAX);
    private final FtpServer server;

    private SessionServer() throws IOException {
        TlsSettings tls =
                new TlsSettings(
                        new TlsIdentity(TestCertificate.ec().key(), TestCertificate.ec().chain()),
                        TlsVersion.modern());
        JsseProvider provider = new JsseProvider();
        ListenerSettings listener =
                new ListenerSettings(
                        "explicit",
                        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                        new TlsPolicy(
                                ListenerMode.EXPLICIT,
                                Requirement.OPTIONAL,
                                Requirement.OPTIONAL,
                                TlsVersion.TLS_1_2,
                                SessionBinding.PREFER,
                                Requirement.OPTIONAL,
                                UploadEnd.STRICT,
                                Concessions.STRICT),
                        PolicyOptions.DEFAULTS,
                        hello -> provider.newSession(tls),
                        Duration.ZERO);
        Limits limits =
                new Limits(
                        SESSIONS_MAX,
                        SESSIONS_MAX,
                        SESSIONS_MAX,
                        PATIENCE,
                        PATIENCE,
                        PATIENCE,
                        PATIENCE,
                        DATA_CONNECT,
                        PATIENCE,
                        PATIENCE);
        server =
                FtpServer.start(
                        new ServerSettings(
                                "Sealane",
                                List.of(listener),
                                PassiveSettings.systemChosen(),
                                new ActiveSettings(
                                        ActiveSettings.Mode.DISABLED,
                                        ActiveSettings.SourcePort.ANY),
                                ServerToServer.NOBODY,
                                VirtualHosts.of(account -> files()),
                                ListingSettings.DEFAULTS,
                                TransferSettings.DEFAULTS,
                                ClientCharsets.UTF_8_ALONE,
                                limits,
                                SessionServer::authenticate,
                                this::note,
                                InstantSource.fixed(NOW),
                                Ticker.system(),
                                new SplittableRandom(0)));
    }

    static SessionServer start() throws IOException {
        return new SessionServer();
    }

    InetSocketAddress address() {
        return server.ports().getFirst().address();
    }

    /// Waits for the end of the one session, which must not be a defect of the server.
    void awaitEnd() throws InterruptedException {
        Event event = endings.poll(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        switch (event) {
            case Event.Defect defect ->
                    throw new AssertionError("during " + defect.during(), defect.cause());
            case Event.SessionClosed closed -> assertThat(closed.reason()).isNotEqualTo("defect");
            case null -> throw new AssertionError("the session goes on without its client");
            default -> throw new IllegalStateException(event.toString());
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private void note(Event event) {
        if (event instanceof Event.Defect || event instanceof Event.SessionClosed) {
            endings.add(event);
        }
    }

    private static AuthResult authenticate(String name, Secret secret, InetAddress from) {
        return name.equals("demo")
                ? new AuthResult.Accepted(new Account(new UserName(name), true, Optional.empty()))
                : new AuthResult.Refused(AuthResult.Reason.UNKNOWN_USER);
    }

    private static Storage files() throws StorageException {
        MemoryStorage files =
                MemoryStorage.create(
                        MemoryStorageOptions.DEFAULTS.withClock(InstantSource.fixed(NOW)));
        files.createDirectory(path("/docs"));
        try (Upload upload = files.openForWrite(path("/hello.txt"), new Placement.Replace())) {
            upload.write(ByteBuffer.wrap("hello\nworld\n".getBytes(StandardCharsets.UTF_8)));
            upload.publish();
        }
        return files;
    }

    private static VirtualPath path(String text) {
        return VirtualPath.parse(text).orElseThrow();
    }
}
