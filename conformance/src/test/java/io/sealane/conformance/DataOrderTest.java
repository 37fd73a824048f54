package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sealane.core.data.PassiveSettings;
import io.sealane.core.event.Event;
import io.sealane.core.limit.Limits;
import io.sealane.core.tls.SessionBinding;
import io.sealane.core.tls.UploadEnd;
import io.sealane.testkit.DataMode;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.Download;
import io.sealane.testkit.Ending;
import io.sealane.testkit.HandshakeTime;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.RandomBytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients differ in the order of command, connection and handshake; every order works, with 150
/// and then one final reply.
final class DataOrderTest {
    private static final byte[] CONTENT = new RandomBytes(4711, 100_000).toArray();
    private static final byte[] BEGINNING_OF_A_CLIENT_HELLO = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01};

    private static final Duration SHORT = Duration.ofMillis(300);

    /// Enough for a handshake on a busy machine, once the libraries are loaded.
    private static final Duration HANDSHAKE = Duration.ofSeconds(1);

    private record Case(Security security, DataMode mode, Family family, HandshakeTime time) {
        boolean exists() {
            boolean ipv4Only = mode == DataMode.PORT || mode == DataMode.PASV;
            boolean early = time == HandshakeTime.BEFORE_COMMAND;
            return !(ipv4Only && family == Family.IPV6)
                    && !(early && mode.isActive())
                    // Without TLS there is no handshake to be early or late.
                    && (security.tls() || time == HandshakeTime.WITH_COMMAND);
        }
    }

    @BeforeAll
    static void load_the_libraries() throws IOException {
        for (Security security : Security.byTls()) {
            try (TestServer server = TestServer.start(security.options());
                    ProbeClient member = security.member(server)) {
                member.send("NOOP").expect(200);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> every_order_moves_files_and_listings_empty_or_not() throws IOException {
        Map<Security, TestServer> servers = new EnumMap<>(Security.class);
        for (Security security : Security.values()) {
            servers.put(security, TestServer.start(security.options()));
        }
        return Security.all()
                .flatMap(DataOrderTest::cases)
                .filter(Case::exists)
                .map(found ->
                        DynamicTest.dynamicTest(
                                found.toString(),
                                () -> moveEverything(servers.get(found.security()), found)))
                .onClose(() -> servers.values().forEach(TestServer::close));
    }

    private static Stream<Case> cases(Security security) {
        return Arrays.stream(DataMode.values())
                .flatMap(mode ->
                        Arrays.stream(Family.values())
                                .flatMap(family ->
                                        Arrays.stream(HandshakeTime.values())
                                                .map(time ->
                                                        new Case(security, mode, family, time))));
    }

    private static void moveEverything(TestServer server, Case found) throws IOException {
        server.resetFiles();
        try (ProbeClient client = found.security().member(server, found.family())) {
            client.data(client.plan().mode(found.mode()).handshakeTime(found.time()));
            PeerEnd end = found.security().tls() ? PeerEnd.CLOSE_NOTIFY : PeerEnd.FIN;
            client.upload("STOR a", CONTENT).expect(150, 226).expectEnd(end);
            client.upload("STOR nothing", new byte[0]).expect(150, 226).expectEnd(end);
            Download back = client.download("RETR a").expect(150, 226);
            back.transfer().expectEnd(end);
            assertThat(back.content()).isEqualTo(CONTENT);
            Download empty = client.download("RETR empty.txt").expect(150, 226);
            empty.transfer().expectEnd(end);
            assertThat(empty.content()).isEmpty();
            Download names = client.download("NLST docs").expect(150, 226);
            assertThat(names.lines()).containsExactly("docs/guide.txt");
            Download none = client.download("MLSD void").expect(150, 226);
            none.transfer().expectEnd(end);
            assertThat(none.lines()).isEmpty();
            assertThat(server.files().content("/nothing")).contains(new byte[0]);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "JSSE_1_3", "BORINGSSL_1_3"})
    void a_client_may_connect_a_second_after_its_command(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            client.send("RETR hello.txt").expect(150).expectSilence(Duration.ofSeconds(1));
            try (ProbeData data = client.connectData(port)) {
                assertThat(data.readToEnd()).isEqualTo(TestFiles.text("hello\nworld\n"));
                data.finish(Ending.ORDERLY);
                client.expect(226);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "JSSE_1_3", "BORINGSSL_1_3"})
    void a_client_may_send_its_command_a_second_after_it_connected(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server);
                ProbeData data = client.openData()) {
            data.establish();
            client.expectSilence(Duration.ofSeconds(1));
            client.send("STOR a").expect(150);
            data.write(CONTENT).finish(Ending.ORDERLY);
            client.expect(226);
            assertThat(server.files().content("/a")).contains(CONTENT);
        }
    }

    /// Bytes may come with the client's Finished, ahead of the command.
    @ParameterizedTest
    @EnumSource
    void an_upload_may_be_over_before_its_command_is_sent(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server);
                ProbeData data = client.openData()) {
            byte[] small = TestFiles.text("small");
            data.write(small).finish(Ending.ORDERLY);
            client.send("STOR a").expect(150).expect(226);
            assertThat(server.files().content("/a")).contains(small);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSSE_1_2", "BORINGSSL_1_3"})
    void a_client_that_connects_and_never_shakes_hands_gets_its_reply_within_the_limit(
            Security security) throws IOException {
        TestServer.Options options =
                security.options().with(TestServer.handshake(TestServer.LIMITS, HANDSHAKE));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = security.member(server)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            try (ProbeData data = client.connectData(port)) {
                client.send("STOR a").expect(150).expect(425, "...handshake took too long...");
                assertThat(data.remoteAddress()).contains(port);
            }
            assertThat(Ports.isFree(port)).isTrue();
            assertThat(server.files().exists("/a")).isFalse();
            client.download("LIST").expect(150, 226);
        }
    }

    /// Some clients send their ClientHello with the command, and read the data connection only
    /// after the 150.
    @ParameterizedTest
    @EnumSource(names = {"JSSE_1_3", "BORINGSSL_1_2"})
    void a_handshake_that_has_begun_does_not_hold_the_150_back(Security security)
            throws IOException {
        Duration handshake = Duration.ofMillis(1_800);
        TestServer.Options options =
                security.options().with(TestServer.handshake(TestServer.LIMITS, handshake));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = security.member(server)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            try (Socket data = new Socket(port.getAddress(), port.getPort())) {
                data.getOutputStream().write(BEGINNING_OF_A_CLIENT_HELLO);
                long start = System.nanoTime();
                client.send("STOR a").expect(150);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(handshake);
                client.expect(425, "...handshake took too long...");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSSE_1_3", "BORINGSSL_1_2"})
    void an_active_client_that_never_shakes_hands_gets_its_reply_within_the_limit(Security security)
            throws IOException {
        TestServer.Options options =
                security.options().with(TestServer.handshake(TestServer.LIMITS, HANDSHAKE));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = security.member(server)) {
            client.data(client.plan().mode(DataMode.PORT));
            try (ProbeData data = client.openData()) {
                client.send("LIST");
                data.accept();
                client.expect(150).expect(425, "...handshake took too long...");
            }
            client.download("LIST").expect(150, 226);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_never_connects_gets_its_reply_within_the_limit(Security security)
            throws IOException {
        TestServer.Options options =
                security.options().with(TestServer.dataConnect(TestServer.LIMITS, SHORT));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = security.member(server)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            client.send("STOR a").expect(150).expect(425, "...did not connect in time...");
            assertThat(Ports.isFree(port)).isTrue();
            assertThat(server.files().exists("/a")).isFalse();
            client.download("LIST").expect(150, 226);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_no_command_wants_is_ended(Security security) throws IOException {
        TestServer.Options options =
                security.options().with(TestServer.dataConnect(TestServer.LIMITS, SHORT));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = security.member(server);
                ProbeData data = client.openData()) {
            data.establish();
            client.expectSilence(SHORT.multipliedBy(4));
            client.send("LIST").expect(425);
            client.download("LIST").expect(150, 226);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_port_nobody_uses_closes_by_itself(Security security) throws IOException {
        int free = Ports.freeRange(1); // One that the system gives to nobody else meanwhile.
        TestServer.Options options =
                security.options()
                        .with(TestServer.dataConnect(TestServer.LIMITS, SHORT))
                        .with(
                                TestServer.DataConnections.DEFAULTS.with(
                                        PassiveSettings.range(free, free)));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = security.member(server)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            client.expectSilence(SHORT.multipliedBy(2));
            Ports.awaitFree(port);
            client.send("LIST").expect(425);
            client.download("LIST").expect(150, 226);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_fin_instead_of_a_client_hello_is_answered_at_once(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            long start = System.nanoTime();
            try (ProbeData data = client.openData()) {
                client.send("STOR a").expect(150);
                data.finish(Ending.FIN);
                client.expect(425, "...ended without a TLS handshake...");
            }
            try (ProbeData data = client.openData()) {
                data.finish(Ending.FIN);
                client.send("STOR a");
                int first = client.read().code();
                assertThat(first == 150 ? client.read().code() : first).isEqualTo(425);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(2));
            assertThat(server.files().exists("/a")).isFalse();
            client.download("LIST").expect(150, 226);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BORINGSSL_1_2", "BORINGSSL_1_3", "JSSE_1_3"})
    void where_that_is_allowed_it_is_an_upload_of_nothing(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = allowedNothing(server, security)) {
            long start = System.nanoTime();
            try (ProbeData data = client.openData()) {
                client.send("STOR behind").expect(150);
                data.finish(Ending.FIN);
                client.expect(226);
            }
            try (ProbeData data = client.openData()) {
                data.finish(Ending.FIN);
                client.send("STOR ahead").expect(150).expect(226);
            }
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            try (Socket data = new Socket(port.getAddress(), port.getPort())) {
                client.send("STOR begun").expect(150);
                data.getOutputStream().write(BEGINNING_OF_A_CLIENT_HELLO);
                data.shutdownOutput();
                client.expect(226);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(2));
            for (String name : List.of("behind", "ahead", "begun")) {
                assertThat(server.files().content("/" + name)).contains(new byte[0]);
            }
            assertThat(server.events().all(Event.Transfer.class))
                    .extracting(Event.Transfer::result, Event.Transfer::data)
                    .containsOnly(tuple("complete", Event.DataProtection.NONE));
        }
    }

    /// Security: a reset says nothing, a listing is not an upload, and where a data connection has
    /// to prove something nobody else may empty a file.
    @ParameterizedTest
    @EnumSource(names = {"BORINGSSL_1_3"})
    void nothing_else_is_an_upload_of_nothing(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = allowedNothing(server, security)) {
            try (ProbeData data = client.openData()) {
                client.send("STOR a").expect(150);
                data.finish(Ending.RESET);
                client.expect(425);
            }
            try (ProbeData data = client.openData()) {
                client.send("LIST").expect(150);
                data.finish(Ending.FIN);
                client.expect(425);
            }
            assertThat(server.files().exists("/a")).isFalse();
        }
        try (TestServer server =
                        TestServer.start(security.options().with(SessionBinding.SAME_SESSION));
                ProbeClient client = allowedNothing(server, security);
                ProbeData data = client.openData()) {
            client.send("STOR a").expect(150);
            data.finish(Ending.FIN);
            client.expect(425, "...ended without a TLS handshake...");
            assertThat(server.files().exists("/a")).isFalse();
        }
    }

    /// Security: a client that was killed ends so, too, and so does one that has long begun anew.
    @ParameterizedTest
    @EnumSource(names = {"BORINGSSL_1_3", "JSSE_1_2"})
    void a_client_that_is_gone_has_not_uploaded_nothing(Security security) throws IOException {
        for (UploadEnd end : UploadEnd.values()) {
            try (TestServer server = TestServer.start(security.options().with(end))) {
                requireNothingOfClientsThatAreGone(server, security);
            }
        }
    }

    private static void requireNothingOfClientsThatAreGone(TestServer server, Security security)
            throws IOException {
        byte[] content = TestFiles.text("content");
        try (ProbeClient other = allowedNothing(server, security)) {
            other.upload("STOR a", content).expect(150, 226);
            try (ProbeClient killed = allowedNothing(server, security);
                    ProbeData data = killed.openData()) {
                killed.send("STOR a").expect(150);
                killed.finish(Ending.FIN);
                data.finish(Ending.FIN);
                assertThat(
                                server.events()
                                        .await(
                                                Event.Transfer.class,
                                                done -> !done.result().equals("complete"))
                                        .result())
                        .isEqualTo("control-gone");
            }
            assertThat(server.files().content("/a")).contains(content);
            try (ProbeClient late = allowedNothing(server, security);
                    ProbeData data = late.openData()) {
                late.send("STOR b").expect(150);
                other.upload("STOR b", content).expect(150, 226);
                data.finish(Ending.FIN);
                late.expect(426, "...its name was stored to anew...");
            }
            assertThat(server.files().content("/b")).contains(content);
        }
    }

    private static ProbeClient allowedNothing(TestServer server, Security security)
            throws IOException {
        return server.securedMember(
                Door.EXPLICIT_LOOSE,
                Family.IPV4,
                ProbeClient.Settings.DEFAULTS.tls(security.choice()));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void what_is_no_tls_on_a_protected_data_connection_is_refused(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            client.data(client.plan().protection(DataProtection.CLEAR));
            try (ProbeData data = client.openData()) {
                client.send("STOR a").expect(150);
                data.write(TestFiles.text("GET / HTTP/1.1\r\n\r\n"));
                client.expect(522, "...handshake failed...");
            }
            assertThat(server.files().exists("/a")).isFalse();
            client.protect().download("LIST").expect(150, 226);
        }
    }

    /// Interop: node-ftp knows PASV alone, also on IPv6, and goes to the control address when the
    /// reply names none.
    @ParameterizedTest
    @EnumSource
    void pasv_on_ipv6_names_no_address_and_works_on_the_control_address(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server, Family.IPV6)) {
            client.send("PASV").expect(227, "...(0,0,0,0,...");
            int port = client.passiveAddress(client.reply()).getPort();
            InetSocketAddress target = new InetSocketAddress(Family.IPV6.loopback(), port);
            try (ProbeData data = client.connectData(target)) {
                client.send("NLST docs").expect(150);
                assertThat(data.readToEnd()).isEqualTo(TestFiles.text("docs/guide.txt\r\n"));
                data.finish(Ending.ORDERLY);
                client.expect(226);
            }
        }
    }

    /// Interop: axel, aioftp and Perl's Net::FTP never send PBSZ and PROT in implicit mode.
    @Test
    void implicit_mode_protects_data_without_a_word() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.IMPLICIT)) {
            client.login(TestServer.USER, TestServer.PASSWORD);
            client.data(
                    client.plan()
                            .protection(DataProtection.SAME_SESSION)
                            .handshakeTime(HandshakeTime.BEFORE_COMMAND));
            client.upload("STOR a", CONTENT).expect(150, 226);
            client.download("NLST docs").expect(150, 226);
        }
    }

    /// Interop: Node's clients shake hands as soon as they are connected, and take an end of that
    /// for one of the whole session if they see it before the 550.
    @ParameterizedTest
    @EnumSource
    void a_refusal_leaves_the_connection_to_the_client(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            for (String refused : List.of("RETR missing", "STOR missing/x", "LIST missing")) {
                try (ProbeData data = client.openData()) {
                    client.send(refused).expect(550);
                    assertThat(data.awaitEnd(SHORT)).isEqualTo(PeerEnd.STILL_OPEN);
                    data.finish(Ending.ORDERLY);
                    assertThat(data.awaitEnd(HANDSHAKE)).isEqualTo(PeerEnd.FIN);
                }
            }
            client.upload("STOR a", CONTENT).expect(150, 226);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "BORINGSSL_1_3"})
    void what_a_refusal_left_is_closed_in_the_end(Security security) throws IOException {
        Limits limits = TestServer.linger(TestServer.LIMITS, SHORT);
        try (TestServer server = TestServer.start(security.options().with(limits));
                ProbeClient client = security.member(server);
                ProbeData data = client.openData()) {
            client.send("RETR missing").expect(550);
            assertThat(data.awaitEnd()).isIn(PeerEnd.FIN, PeerEnd.RESET);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "BORINGSSL_1_3"})
    void one_refused_connection_is_held_at_a_time(Security security) throws IOException {
        Limits limits = TestServer.linger(TestServer.LIMITS, Duration.ofMinutes(1));
        try (TestServer server = TestServer.start(security.options().with(limits))) {
            ProbeData last;
            try (ProbeClient client = security.member(server)) {
                ProbeData first = refusedAfterConnecting(client);
                last = refusedAfterConnecting(client);
                assertThat(first.awaitEnd()).isIn(PeerEnd.FIN, PeerEnd.RESET);
                first.close();
            }
            assertThat(last.awaitEnd()).isIn(PeerEnd.FIN, PeerEnd.RESET);
            last.close();
        }
    }

    private static ProbeData refusedAfterConnecting(ProbeClient client) throws IOException {
        ProbeData data = client.openData();
        client.send("RETR missing").expect(550);
        data.establish();
        return data;
    }
}
