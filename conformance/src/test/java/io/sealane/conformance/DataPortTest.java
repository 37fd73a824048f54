package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.event.Event;
import io.sealane.testkit.DataMode;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.Ending;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The ports of data connections: who may come in, and how long they stay open.
final class DataPortTest {
    private static final InetAddress FOREIGNER = InetAddress.ofLiteral("127.0.0.2");
    private static final int PATIENCE_MILLIS = 5_000;

    @ParameterizedTest
    @EnumSource
    void a_foreign_peer_is_turned_away_and_the_right_one_still_gets_in(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            for (int i = 0; i < 5; i++) {
                assertTurnedAway(port);
            }
            assertThat(server.events().await(Event.ForeignDataPeer.class).peer())
                    .isEqualTo("127.0.0.2");
            try (ProbeData data = client.connectData(port)) {
                client.send("NLST docs").expect(150);
                assertThat(data.readToEnd()).isEqualTo(TestFiles.text("docs/guide.txt\r\n"));
                data.finish(Ending.ORDERLY);
                client.expect(226);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void asking_again_closes_the_port_before(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            InetSocketAddress first = client.passiveAddress(client.ask("PASV"));
            InetSocketAddress second = client.passiveAddress(client.ask("EPSV"));
            assertThat(Ports.isFree(first)).isTrue();
            client.send("PORT 127,0,0,1,200,1").expect(200);
            assertThat(Ports.isFree(second)).isTrue();
            client.download("NLST docs").expect(150, 226);
        }
    }

    @ParameterizedTest
    @EnumSource
    void asking_again_ends_the_connection_that_came(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server);
                ProbeData abandoned = client.openData()) {
            abandoned.establish();
            client.download("NLST docs").expect(150, 226);
            assertThat(abandoned.awaitEnd()).isIn(PeerEnd.FIN, PeerEnd.RESET);
        }
    }

    @Test
    void the_port_is_closed_as_soon_as_its_client_has_come() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            try (ProbeData data = client.connectData(port)) {
                client.send("STOR a").expect(150);
                data.write(TestFiles.text("a"));
                assertNobodyIsServed(client, port);
                data.finish(Ending.ORDERLY);
                client.expect(226);
            }
        }
    }

    /// The port is closed, or just being closed: then whoever is in its queue is reset.
    private static void assertNobodyIsServed(ProbeClient client, InetSocketAddress port)
            throws IOException {
        try (ProbeData late = client.connectData(port)) {
            assertThat(late.awaitEnd()).isEqualTo(PeerEnd.RESET);
        } catch (ConnectException refused) {
            assertThat(refused).hasMessageContaining("refused");
        }
    }

    @Test
    void a_connection_that_came_under_the_other_protection_is_dropped() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.securedMember(Door.EXPLICIT_DATA_OPTIONAL)) {
            try (ProbeData data = client.openData()) {
                data.establish();
                client.send("PROT C").expect(200);
                assertThat(data.awaitEnd()).isNotEqualTo(PeerEnd.STILL_OPEN);
                client.send("NLST docs").expect(425, "...send PASV or EPSV again.");
            }
            client.data(client.plan().protection(DataProtection.CLEAR));
            client.download("NLST docs").expect(150, 226);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_offset_survives_what_clients_say_between_it_and_the_transfer(DataMode mode)
            throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.data(client.plan().mode(mode));
            client.send("REST 6").expect(350).send("TYPE I").expect(200);
            assertThat(client.download("RETR hello.txt").expect(150, 226).text())
                    .isEqualTo("world\n");
        }
    }

    @Test
    void the_server_connects_to_nobody_but_its_client() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("PORT 127,0,0,2,200,1").expect(500);
            client.send("EPRT |1|127.0.0.2|51201|").expect(500);
            client.send("EPRT |2|::1|51201|").expect(522);
            client.send("LIST").expect(425);
        }
    }

    /// Interop: lftp 4.9 on IPv6 offers the unspecified address.
    @Test
    void the_unspecified_address_stands_for_the_client() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.plainMember(Door.PLAIN, Family.IPV6);
                ProbeData data = client.listenForData()) {
            client.send("EPRT |2|::|" + data.localAddress().getPort() + "|").expect(200);
            client.send("NLST docs");
            assertThat(data.readToEnd()).isEqualTo(TestFiles.text("docs/guide.txt\r\n"));
            data.finish(Ending.ORDERLY);
            client.expect(150).expect(226);
        }
    }

    @Test
    void a_port_that_was_never_used_does_not_outlive_its_session() throws IOException {
        try (TestServer server = TestServer.start()) {
            InetSocketAddress port;
            try (ProbeClient client = server.plainMember(Door.PLAIN)) {
                port = client.passiveAddress(client.ask("EPSV"));
                assertThat(Ports.isFree(port)).isFalse();
                client.send("QUIT").expect(221).expectEnd(PeerEnd.FIN);
            }
            server.awaitNoSessions();
            assertThat(Ports.isFree(port)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void epsv_all_holds_after_a_transfer_that_was_aborted(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            client.send("EPSV ALL").expect(200).send("EPSV").expect(229);
            client.send("STOR never").expect(150).send("ABOR").expect(426).expect(226);
            client.send("PASV").expect(503);
            client.send("PORT 127,0,0,1,200,1").expect(503);
            client.send("EPRT |1|127.0.0.1|51201|").expect(503);
            client.download("NLST docs").expect(150, 226);
        }
    }

    private static void assertTurnedAway(InetSocketAddress port) throws IOException {
        try (Socket foreigner = new Socket()) {
            foreigner.bind(new InetSocketAddress(FOREIGNER, 0));
            foreigner.connect(port, Math.toIntExact(Duration.ofSeconds(5).toMillis()));
            foreigner.setSoTimeout(PATIENCE_MILLIS);
            assertThat(foreigner.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
