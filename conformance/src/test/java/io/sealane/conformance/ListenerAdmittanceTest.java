package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.Account;
import io.sealane.accounts.AuthResult;
import io.sealane.accounts.UserName;
import io.sealane.core.command.ListingSettings;
import io.sealane.core.command.VirtualHosts;
import io.sealane.core.data.ActiveSettings;
import io.sealane.core.data.PassiveSettings;
import io.sealane.core.data.ServerToServer;
import io.sealane.core.event.Event;
import io.sealane.core.limit.Admittance;
import io.sealane.core.limit.Ticker;
import io.sealane.core.server.ClientCharsets;
import io.sealane.core.server.FtpServer;
import io.sealane.core.server.ListenerSettings;
import io.sealane.core.server.ServerSettings;
import io.sealane.core.tls.Concessions;
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
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A listener for some clients and users, as those for old devices are, beside one for everybody.
final class ListenerAdmittanceTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("127.9.8.7");
    private static final String PASSWORD = "secret";
    private static final Admittance DEVICES = new Admittance(LOOPBACK::equals, "scanner"::equals);

    private final RecordingSink events = new RecordingSink();
    private final List<String> passwordsAsked = Collections.synchronizedList(new ArrayList<>());
    private FtpServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                FtpServer.start(
                        new ServerSettings(
                                "Sealane",
                                List.of(
                                        listener(
                                                "main",
                                                ListenerMode.EXPLICIT,
                                                Admittance.EVERYBODY),
                                        listener("devices", ListenerMode.EXPLICIT, DEVICES),
                                        listener(
                                                "implicit-devices",
                                                ListenerMode.IMPLICIT,
                                                DEVICES)),
                                PassiveSettings.systemChosen(),
                                ActiveSettings.DEFAULTS,
                                ServerToServer.NOBODY,
                                VirtualHosts.of(account ->
                                        TestFiles.fresh(InstantSource.system()).storage()),
                                ListingSettings.DEFAULTS,
                                TransferSettings.DEFAULTS,
                                ClientCharsets.UTF_8_ALONE,
                                TestServer.LIMITS,
                                (name, secret, from) -> {
                                    String password =
                                            new String(secret.expose(), StandardCharsets.UTF_8);
                                    passwordsAsked.add(password);
                                    return password.equals(PASSWORD)
                                            ? new AuthResult.Accepted(
                                                    new Account(
                                                            new UserName(name),
                                                            true,
                                                            Optional.empty()))
                                            : new AuthResult.Refused(AuthResult.Reason.BAD_SECRET);
                                },
                                events,
                                InstantSource.system(),
                                Ticker.system(),
                                new SplittableRandom(1)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tls_is_required_there_too() throws IOException {
        try (ProbeClient client = ProbeClient.connect(address("devices"))) {
            client.expect(220).send("USER scanner").expect(530, "TLS is required here...");
        }
    }

    @Test
    void whoever_comes_from_elsewhere_is_turned_away() throws IOException {
        ProbeClient.Settings elsewhere = ProbeClient.Settings.DEFAULTS.from(ELSEWHERE);
        try (ProbeClient client = ProbeClient.connect(address("devices"), elsewhere)) {
            client.expect(421, "This port is not for your address, closing.");
            client.expectEnd(PeerEnd.FIN);
        }
        Event.SessionRefused refused = events.await(Event.SessionRefused.class);
        assertThat(refused.reason()).isEqualTo("client-not-allowed");
        assertThat(refused.client()).isEqualTo("127.9.8.7");
        try (ProbeClient client = ProbeClient.connect(address("main"), elsewhere)) {
            client.expect(220);
        }
    }

    @Test
    void whoever_comes_from_elsewhere_gets_no_handshake() throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(ELSEWHERE, 0));
            socket.connect(address("implicit-devices"));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(events.await(Event.SessionRefused.class).reason())
                .isEqualTo("client-not-allowed");
        ProbeClient.implicit(address("implicit-devices")).expect(220).close();
    }

    @Test
    void a_user_it_is_not_for_is_refused_as_if_by_a_wrong_password() throws IOException {
        try (ProbeClient client = ProbeClient.connect(address("devices"))) {
            client.expect(220).startTls();
            String wrong = login(client, "scanner", "wrong");
            assertThat(login(client, "boss", PASSWORD)).isEqualTo(wrong).startsWith("530");
            // Security: the right password is not looked at, so time tells nothing of it.
            assertThat(passwordsAsked).hasSize(2).doesNotContain(PASSWORD);
            assertThat(login(client, "scanner", PASSWORD)).startsWith("230");
        }
        assertThat(events.all(Event.LoginRefused.class))
                .extracting(Event.LoginRefused::reason)
                .containsExactly("bad-secret", "not-on-this-listener");
        try (ProbeClient client = ProbeClient.connect(address("main"))) {
            client.expect(220).startTls().login("boss", PASSWORD);
        }
    }

    private static String login(ProbeClient client, String user, String password)
            throws IOException {
        client.send("USER " + user).expect(331);
        return client.ask("PASS " + password).toString();
    }

    private InetSocketAddress address(String listener) {
        return server.ports().stream()
                .filter(port -> port.listener().equals(listener))
                .map(FtpServer.BoundPort::address)
                .findFirst()
                .orElseThrow();
    }

    private static ListenerSettings listener(
            String name, ListenerMode mode, Admittance admittance) {
        TlsSettings tls =
                new TlsSettings(
                        new TlsIdentity(TestCertificate.rsa().key(), TestCertificate.rsa().chain()),
                        TlsVersion.modern());
        return new ListenerSettings(
                name,
                List.of(new InetSocketAddress(LOOPBACK, 0)),
                new TlsPolicy(
                        mode,
                        Requirement.REQUIRED,
                        Requirement.REQUIRED,
                        Collections.min(tls.versions()),
                        SessionBinding.PREFER,
                        Requirement.OPTIONAL,
                        UploadEnd.STRICT,
                        Concessions.STRICT),
                PolicyOptions.DEFAULTS,
                hello -> Library.BORINGSSL.provider().newSession(tls),
                admittance,
                Duration.ofMillis(50));
    }
}
