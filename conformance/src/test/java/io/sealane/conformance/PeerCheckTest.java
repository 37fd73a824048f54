package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.data.PassiveSettings;
import io.sealane.core.data.PeerCheck;
import io.sealane.core.event.Event;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.Ending;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whose connection a passive port takes, and that nobody else can end or delay it.
final class PeerCheckTest {
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("127.9.8.7");

    /// More than a server listens to at a time.
    private static final int CROWD = 20;

    static Stream<Arguments> everyCheck() {
        return Stream.of(Security.PLAIN, Security.JSSE_1_2, Security.BORINGSSL_1_3)
                .flatMap(security ->
                        Stream.of(PeerCheck.values()).map(check -> Arguments.of(security, check)));
    }

    @ParameterizedTest
    @MethodSource("everyCheck")
    void third_parties_that_come_first_neither_end_nor_delay_it(Security security, PeerCheck check)
            throws IOException {
        try (TestServer server = start(security, check);
                ProbeClient client = security.member(server)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            List<Socket> crowd = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                crowd.add(thirdParty(port));
                if (i % 2 == 0) {
                    garbage(crowd.getLast());
                }
            }
            client.send("NLST docs").expect(150).expectSilence(Duration.ofSeconds(1));
            long start = System.nanoTime();
            try (ProbeData data = client.connectData(port)) {
                assertThat(data.readToEnd()).isEqualTo(TestFiles.text("docs/guide.txt\r\n"));
                data.finish(Ending.ORDERLY);
                client.expect(226);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(5));
            Event.ForeignDataPeer logged = server.events().await(Event.ForeignDataPeer.class);
            assertThat(logged.peer()).isEqualTo("127.9.8.7");
            assertThat(logged.expected()).isEqualTo("127.0.0.1");
            assertThat(client.conversation()).doesNotContain("127.9.8.7");
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void whoever_resumes_the_session_may_come_from_elsewhere(Security security) throws IOException {
        try (TestServer server = start(security, PeerCheck.ANY_IF_RESUMED);
                ProbeClient client = security.member(server)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            client.send("STOR a").expect(150);
            try (ProbeData data = client.connectData(port, ELSEWHERE)) {
                data.write(TestFiles.text("from elsewhere")).finish(Ending.ORDERLY);
                client.expect(226);
            }
            assertThat(server.files().content("/a")).contains(TestFiles.text("from elsewhere"));
            // And before the command.
            InetSocketAddress next = client.passiveAddress(client.ask("EPSV"));
            try (ProbeData data = client.connectData(next, ELSEWHERE)) {
                data.establish();
                client.send("NLST docs").expect(150);
                assertThat(data.readToEnd()).isEqualTo(TestFiles.text("docs/guide.txt\r\n"));
                data.finish(Ending.ORDERLY);
                client.expect(226);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void whoever_does_not_resume_it_is_turned_away_from_elsewhere(Security security)
            throws IOException {
        try (TestServer server = start(security, PeerCheck.ANY_IF_RESUMED);
                ProbeClient other = security.member(server);
                ProbeClient client = security.member(server)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            for (DataProtection thief :
                    List.of(
                            new DataProtection.FreshSession(security.choice()),
                            new DataProtection.SessionOf(other))) {
                client.data(client.plan().protection(thief));
                try (ProbeData data = client.connectData(port, ELSEWHERE)) {
                    assertThat(data.awaitEnd()).isNotEqualTo(PeerEnd.CLOSE_NOTIFY);
                } catch (IOException brokenOff) {
                    assertThat(brokenOff).isNotNull();
                }
            }
            client.data(client.plan().protection(DataProtection.SAME_SESSION));
            try (ProbeData data = client.connectData(port)) {
                client.send("NLST docs").expect(150);
                assertThat(data.readToEnd()).isEqualTo(TestFiles.text("docs/guide.txt\r\n"));
                data.finish(Ending.ORDERLY);
                client.expect(226);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void resuming_is_no_proof_where_only_the_address_counts(Security security) throws IOException {
        try (TestServer server = start(security, PeerCheck.SAME_ADDRESS);
                ProbeClient client = security.member(server)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            assertTurnedAway(client, port);
            client.download("NLST docs").expect(150, 226);
        }
    }

    @Test
    void on_a_clear_data_connection_nobody_can_prove_anything() throws IOException {
        try (TestServer server = start(Security.JSSE_1_3, PeerCheck.ANY_IF_RESUMED);
                ProbeClient client = server.securedMember(Door.EXPLICIT_DATA_OPTIONAL)) {
            InetSocketAddress before = client.passiveAddress(client.ask("EPSV"));
            client.send("PROT C").expect(200);
            assertTurnedAway(client, before);
            InetSocketAddress after = client.passiveAddress(client.ask("EPSV"));
            assertTurnedAway(client, after);
            client.data(client.plan().protection(DataProtection.CLEAR));
            client.download("NLST docs").expect(150, 226);
        }
    }

    @Test
    void what_waits_in_silence_is_let_go_with_the_offer() throws IOException {
        try (TestServer server = start(Security.BORINGSSL_1_3, PeerCheck.ANY_IF_RESUMED);
                ProbeClient client = Security.BORINGSSL_1_3.member(server)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            try (Socket silent = thirdParty(port)) {
                client.send("EPSV").expect(229);
                assertThat(Ports.isFree(port)).isTrue();
                assertEnds(silent);
            }
        }
    }

    private static void assertTurnedAway(ProbeClient client, InetSocketAddress port) {
        try (ProbeData data = client.connectData(port, ELSEWHERE)) {
            data.establish();
            assertThat(data.awaitEnd()).isNotEqualTo(PeerEnd.STILL_OPEN);
        } catch (IOException turnedAway) {
            assertThat(turnedAway).isNotNull();
        }
    }

    private static void assertEnds(Socket socket) {
        try {
            socket.setSoTimeout(5_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    private static void garbage(Socket socket) {
        try {
            socket.getOutputStream().write(TestFiles.text("GET / HTTP/1.1\r\n\r\n"));
        } catch (IOException turnedAway) {
            assertThat(turnedAway).isNotNull();
        }
    }

    private static Socket thirdParty(InetSocketAddress port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(ELSEWHERE, 0));
        socket.connect(port, 5_000);
        return socket;
    }

    private static TestServer start(Security security, PeerCheck check) throws IOException {
        return TestServer.start(
                security.options()
                        .with(
                                TestServer.DataConnections.DEFAULTS.with(
                                        PassiveSettings.systemChosen().with(check))));
    }
}
