package io.sealane.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.core.event.Event;
import io.sealane.core.limit.Limits;
import io.sealane.core.tls.SessionBinding;
import io.sealane.core.tls.UploadEnd;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.Ending;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.ProbeTls;
import io.sealane.testkit.TlsChoice;
import io.sealane.vfs.Storage;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every failure is told apart, by the client from the reply and by the operator from one line of
/// the log.
final class DiagnosisTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("127.9.8.7");
    private static final TestServer.Options OPTIONS = Security.BORINGSSL_1_3.options();
    private static final Limits LIMITS = TestServer.LIMITS;

    /// TLS 1.0 alone, no extensions, RC4 and 3DES and AES by RSA.
    private static final String OLD_HELLO =
            "1603010031010000" + "2d0301" + "00".repeat(32) + "0000060005000a002f0100";

    private static final byte[] HALF_RECORD = {23, 3, 3, 0, 95, 1, 2, 3};
    private static final byte[] NO_RECORD = "QUIT\r\n".getBytes(US_ASCII);

    /// A failure of a data connection.
    ///
    /// @param provoke brings it about, up to where the final reply is due
    record Failure(
            String name,
            TestServer.Options options,
            Provocation provoke,
            int code,
            String text,
            String result) {
        @Override
        public String toString() {
            return name;
        }
    }

    @FunctionalInterface
    interface Provocation {
        void by(ProbeClient client, TestServer server, List<ProbeData> open) throws IOException;
    }

    /// As `serve --verbose` shows them.
    @Test
    void every_command_and_its_reply_is_told() throws IOException {
        try (TestServer server = TestServer.start(OPTIONS);
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            client.startTls().send("ABOR").expect(226).send("QUIT").expect(221);
            server.awaitNoSessions();
            assertThat(server.events().all(Event.CommandServed.class))
                    .extracting(Event.CommandServed::command)
                    .contains("AUTH TLS", "ABOR", "QUIT");
        }
    }

    static Stream<Failure> failures() {
        return Stream.of(resumptions(), uploads(), handshakes(), connections())
                .flatMap(failures -> failures);
    }

    private static Stream<Failure> resumptions() {
        TestServer.Options bound = OPTIONS.with(SessionBinding.SAME_SESSION);
        return Stream.of(
                new Failure(
                        "a data connection with a session of its own",
                        bound,
                        (client, server, open) -> {
                            client.data(
                                    client.plan()
                                            .protection(
                                                    new DataProtection.FreshSession(
                                                            TlsChoice.TLS_1_3)));
                            upload(client, open, Ending.ORDERLY);
                        },
                        522,
                        "...not resumed: session-binding same-session requires it.",
                        "not-resumed/none"),
                new Failure(
                        "a data connection with the session of its user's other one",
                        bound,
                        (client, server, open) -> {
                            try (ProbeClient other = Security.BORINGSSL_1_3.member(server)) {
                                client.data(
                                        client.plan()
                                                .protection(new DataProtection.SessionOf(other)));
                                upload(client, open, Ending.ORDERLY);
                            }
                        },
                        425,
                        "...was resumed from another session of this user...",
                        "not-resumed/other-session-of-user"),
                new Failure(
                        "a data connection with a foreign session",
                        bound,
                        (client, server, open) -> {
                            try (ProbeClient other = Security.BORINGSSL_1_3.secured(server)) {
                                other.ask("NOOP"); // Its ticket comes with a reply.
                                client.data(
                                        client.plan()
                                                .protection(new DataProtection.SessionOf(other)));
                                upload(client, open, Ending.ORDERLY);
                            }
                        },
                        522,
                        "...not resumed: the one that was offered is unknown here or used up...",
                        "not-resumed/other-session"));
    }

    private static Stream<Failure> uploads() {
        return Stream.of(
                new Failure(
                        "an upload without close_notify",
                        OPTIONS,
                        (client, server, open) -> upload(client, open, Ending.FIN),
                        426,
                        "...without a TLS close_notify...",
                        "cut-without-close-notify"),
                new Failure(
                        "an upload that is cut within a record, where close_notify is not needed",
                        OPTIONS.with(UploadEnd.LENIENT),
                        (client, server, open) -> {
                            upload(client, open, Ending.NONE);
                            belowTls(open, HALF_RECORD);
                            open.getLast().finish(Ending.FIN);
                        },
                        426,
                        "...without a TLS close_notify...",
                        "cut-without-close-notify"),
                new Failure(
                        "an upload that goes on with what is no TLS",
                        OPTIONS,
                        (client, server, open) -> {
                            upload(client, open, Ending.NONE);
                            belowTls(open, NO_RECORD);
                        },
                        426,
                        "...broke the TLS protocol.",
                        "tls-error"),
                new Failure(
                        "an upload that is reset",
                        OPTIONS,
                        (client, server, open) -> upload(client, open, Ending.RESET),
                        426,
                        "...was reset...",
                        "reset"),
                new Failure(
                        "an upload that stalls",
                        OPTIONS.with(TestServer.stall(LIMITS, SHORT)),
                        (client, server, open) -> upload(client, open, Ending.NONE),
                        426,
                        "...nothing moved for too long...",
                        "stalled"),
                new Failure(
                        "an upload that is aborted",
                        OPTIONS,
                        (client, server, open) -> {
                            upload(client, open, Ending.NONE);
                            client.send("ABOR");
                        },
                        426,
                        "Transfer failed: aborted.",
                        "aborted"));
    }

    private static void belowTls(List<ProbeData> open, byte[] octets) throws IOException {
        if (open.getLast().establish() instanceof ProbeTls tls) {
            tls.writeBelow(octets);
        }
    }

    private static Stream<Failure> handshakes() {
        return Stream.of(
                new Failure(
                        "a client that never shakes hands",
                        OPTIONS.with(TestServer.handshake(LIMITS, Duration.ofSeconds(1))),
                        (client, server, open) -> {
                            open.add(client.openData());
                            client.send("STOR new").expect(150);
                        },
                        425,
                        "...handshake took too long...",
                        "handshake-failed/handshake-timeout"),
                new Failure(
                        "a client that ends a data connection without a handshake",
                        OPTIONS,
                        (client, server, open) -> {
                            ProbeData data = client.openData();
                            open.add(data);
                            client.send("STOR new").expect(150);
                            data.finish(Ending.FIN);
                        },
                        425,
                        "...ended without a TLS handshake...",
                        "no-handshake"),
                new Failure(
                        "a data connection of old TLS",
                        OPTIONS,
                        (client, server, open) -> {
                            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
                            try (Socket data = new Socket(port.getAddress(), port.getPort())) {
                                data.getOutputStream().write(HexFormat.of().parseHex(OLD_HELLO));
                                data.getInputStream().readAllBytes();
                            }
                            client.send("STOR new");
                        },
                        522,
                        "...the TLS handshake failed (no-common-version)...",
                        "handshake-failed/no-common-version"));
    }

    private static Stream<Failure> connections() {
        TestServer.Options hasty = OPTIONS.with(TestServer.dataConnect(LIMITS, SHORT));
        return Stream.of(
                new Failure(
                        "a client that never connects",
                        hasty,
                        (client, server, open) ->
                                client.send("EPSV").expect(229).send("STOR new").expect(150),
                        425,
                        "...did not connect in time...",
                        "not-connected"),
                new Failure(
                        "somebody else, who connects in the client's place",
                        hasty,
                        (client, server, open) -> {
                            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
                            client.connectData(port, ELSEWHERE).close();
                            client.send("STOR new").expect(150);
                        },
                        425,
                        "...somebody from another address...",
                        "peer-not-allowed"),
                new Failure(
                        "an active client behind a closed port",
                        OPTIONS,
                        (client, server, open) -> {
                            client.send("EPRT |1|127.0.0.1|" + closedPort() + "|").expect(200);
                            client.send("STOR new");
                        },
                        425,
                        "...could not be reached (refused)...",
                        "connect-failed/refused"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failed_transfer_says_which_check_failed(Failure failure) throws IOException {
        List<ProbeData> open = new ArrayList<>();
        try (TestServer server = TestServer.start(failure.options());
                ProbeClient client = Security.BORINGSSL_1_3.member(server)) {
            client.send("CLNT NcFTP 3.2.6").expect(200);
            failure.provoke().by(client, server, open);
            client.expect(failure.code(), failure.text());
            Event.Transfer line = server.events().await(Event.Transfer.class);
            assertThat(line.result()).isEqualTo(failure.result());
            assertThat(line.level()).isEqualTo(Level.INFO);
            assertThat(List.of(line.client(), line.software()))
                    .containsExactly("127.0.0.1", "NcFTP 3.2.6");
            assertThat(server.files().exists("/new")).isFalse();
        } finally {
            for (ProbeData data : open) {
                data.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_transfer_has_the_facts_of_its_tls(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            client.send("CLNT NcFTP 3.2.6").expect(200);
            client.upload("STOR a", TestFiles.text("a")).expect(150, 226);
            TlsChoice named = security.choice().serverName("localhost").applicationProtocols("ftp");
            client.data(client.plan().protection(new DataProtection.FreshSession(named)));
            client.upload("STOR b", TestFiles.text("b")).expect(150, 226);
            client.send("QUIT").expect(221);
            Event.SessionClosed end = server.events().await(Event.SessionClosed.class);
            assertThat(end.software()).isEqualTo("NcFTP 3.2.6");
            assertThat(end.reason()).isEqualTo("quit");
            List<Event.Transfer> lines = server.events().all(Event.Transfer.class);
            assertThat(lines)
                    .extracting(line -> line.data().resumed().orElseThrow())
                    .containsExactly(Event.Resumption.TRUE, Event.Resumption.FALSE);
            assertThat(lines.getLast().data())
                    .extracting(Event.DataProtection::sni, Event.DataProtection::alpn)
                    .containsExactly("localhost", "ftp");
            assertThat(lines.getLast().data().group()).matches("x25519|secp\\d+r1");
            Event.SessionOpened opened = server.events().await(Event.SessionOpened.class);
            assertThat(lines)
                    .allSatisfy(line -> {
                        assertThat(line.result()).isEqualTo("complete");
                        assertThat(line.data().protection())
                                .isEqualTo(security.choice().versions().getFirst());
                        assertThat(line.data().cipher()).startsWith("TLS_");
                        assertThat(line.listener()).isEqualTo(opened.listener());
                        assertThat(line.end()).isEqualTo("close_notify");
                    });
        }
    }

    @Test
    void a_refused_command_that_matters_has_a_reason() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            client.send("USER demo").expect(530);
            client.startTls().login(TestServer.USER, TestServer.PASSWORD);
            client.send("EPSV").expect(229).send("LIST").expect(521);
            client.send("PBSZ 0").expect(200).send("PROT C").expect(534);
            client.send("PROT P").expect(200).send("PORT 127,0,0,1,0,25").expect(500);
            client.send("EPSV 2").expect(522).send("CWD nowhere").expect(550);
            client.send("PORT 127,0,0,1,200,1").expect(200).send("REIN").expect(220);
            client.login(TestServer.USER, TestServer.PASSWORD).send("PBSZ 0").expect(200);
            client.send("PROT P").expect(200).send("LIST").expect(425);
            List<Event.CommandRefused> refused = server.events().all(Event.CommandRefused.class);
            assertThat(refused)
                    .extracting(Event.CommandRefused::reason)
                    .containsExactly(
                            "tls-required",
                            "data-must-be-protected",
                            "data-must-be-protected",
                            "foreign-address",
                            "wrong-network-protocol",
                            "-",
                            "no-data-address");
            assertThat(refused)
                    .allSatisfy(line ->
                            assertThat(line.level())
                                    .isEqualTo(
                                            line.reason().equals("-") ? Level.DEBUG : Level.INFO));
        }
    }

    /// An old device: one line has what it knows, to find it by.
    @ParameterizedTest
    @EnumSource
    void a_client_of_old_tls_is_refused_with_what_it_offered(Library library) throws IOException {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS.with(library))) {
            try (ProbeClient client = server.greeted(Door.EXPLICIT)) {
                client.send("AUTH TLS").expect(234);
                client.sendRaw(HexFormat.of().parseHex(OLD_HELLO));
                assertThatThrownBy(client::read).isInstanceOf(Throwable.class);
            }
            server.awaitNoSessions();
            assertThat(server.events().all(Event.HandshakeFailed.class))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.reason()).isEqualTo("no-common-version");
                        assertThat(line.offer())
                                .isEqualTo(
                                        "client offered TLS1.0; ciphers=TLS_RSA_WITH_RC4_128_SHA,"
                                                + "TLS_RSA_WITH_3DES_EDE_CBC_SHA,"
                                                + "TLS_RSA_WITH_AES_128_CBC_SHA; groups=-;"
                                                + " signatures=-; alpn=-; sni=-");
                    });
            assertThat(server.events().await(Event.SessionClosed.class).reason())
                    .isEqualTo("no-common-version");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_control_connection_that_breaks_tls_is_told_from_one_that_is_closed(Library library)
            throws IOException {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS.with(library));
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            client.startTls().login(TestServer.USER, TestServer.PASSWORD);
            if (client.stream() instanceof ProbeTls tls) {
                tls.writeBelow(NO_RECORD);
            }
            server.awaitNoSessions();
            assertThat(server.events().await(Event.SessionClosed.class).reason())
                    .isEqualTo("tls-error");
        }
    }

    /// A client that does not trust the certificate says so only by its alert.
    @Test
    void a_handshake_that_the_client_ends_is_told_from_one_that_breaks() throws IOException {
        try (TestServer server = TestServer.start()) {
            try (ProbeClient client = server.greeted(Door.EXPLICIT)) {
                client.send("AUTH TLS").expect(234);
                client.sendRaw(new byte[] {0x15, 3, 3, 0, 2, 2, 48});
                assertThatThrownBy(client::read).isInstanceOf(Throwable.class);
            }
            try (ProbeClient client = server.greeted(Door.EXPLICIT)) {
                client.send("AUTH TLS").expect(234).sendRaw(new byte[] {0x16, 3, 1});
            }
            server.awaitNoSessions();
            assertThat(server.events().all(Event.HandshakeFailed.class))
                    .extracting(Event.HandshakeFailed::reason)
                    .containsExactly("client-alert-unknown-ca", "connection-closed");
        }
    }

    /// Begins an upload of the file `new`.
    private static void upload(ProbeClient client, List<ProbeData> open, Ending ending)
            throws IOException {
        ProbeData data = client.openData();
        open.add(data);
        client.send("STOR new").expect(150);
        try {
            data.write(TestFiles.text("half")).finish(ending);
        } catch (IOException refused) {
            // The server ends what did not resume before it has read anything.
            return;
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return unused.getLocalPort();
        }
    }

    /// To the client it is as if nothing were there; who looks after the host has to mend it.
    @Test
    void what_the_host_denies_the_server_is_in_the_log() throws IOException {
        Storage files =
                new WatchedStorage(TestFiles.fresh(InstantSource.fixed(TestServer.NOW)).storage());
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS, files);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("MD5 denied").expect(550);
            Event.StorageFailed failed = server.events().await(Event.StorageFailed.class);
            assertThat(failed.operation()).contains("denied");
            assertThat(failed.cause()).contains("EACCES");
        }
    }
}
