package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.UserName;
import io.sealane.core.data.ServerToServer;
import io.sealane.testkit.Ending;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Files that go from one server to another, for those who may.
final class ServerToServerTest {
    private static final InetAddress OTHER_SERVER = InetAddress.ofLiteral("127.5.0.1");
    private static final InetAddress STRANGER = InetAddress.ofLiteral("127.6.0.1");
    private static final byte[] HELLO = TestFiles.text("hello\nworld\n");

    /// `demo` may, with servers at 127.5.0.1.
    private static final ServerToServer PERMISSION =
            new ServerToServer(Set.of(new UserName(TestServer.USER)), OTHER_SERVER::equals);

    @Test
    void a_file_goes_from_the_passive_port_of_one_to_the_other() throws IOException {
        try (TestServer source = start();
                TestServer target = start();
                ProbeClient one = source.plainMember(Door.PLAIN);
                ProbeClient other = target.plainMember(Door.PLAIN)) {
            InetSocketAddress port = one.passiveAddress(one.ask("PASV"));
            other.send("PORT 127,0,0,1," + port.getPort() / 256 + "," + port.getPort() % 256)
                    .expect(200);
            other.send("STOR moved");
            one.send("RETR hello.txt").expect(150).expect(226);
            other.expect(150).expect(226);
            assertThat(target.files().content("/moved")).contains(HELLO);
        }
    }

    @Test
    void the_server_connects_to_another_one_for_who_may() throws IOException {
        try (TestServer server = start();
                ProbeClient client = server.plainMember(Door.PLAIN);
                ServerSocket listening = new ServerSocket(0, 1, OTHER_SERVER)) {
            int port = listening.getLocalPort();
            client.send("EPRT |1|127.5.0.1|" + port + "|").expect(200);
            client.send("RETR hello.txt");
            try (Socket data = listening.accept()) {
                assertThat(data.getInputStream().readAllBytes()).isEqualTo(HELLO);
            }
            client.expect(150).expect(226);
            client.send("PORT 127,5,0,1,3,255").expect(500, "...from 1024 on.");
            client.send("PORT 127,6,0,1,200,1").expect(500);
        }
    }

    @Test
    void a_passive_port_takes_another_server_for_who_may_and_nobody_else() throws IOException {
        try (TestServer server = start();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            try (ProbeData stranger = client.connectData(port, STRANGER)) {
                assertThat(stranger.awaitEnd()).isIn(PeerEnd.FIN, PeerEnd.RESET);
            }
            try (ProbeData data = client.connectData(port, OTHER_SERVER)) {
                client.send("RETR hello.txt").expect(150);
                assertThat(data.readToEnd()).isEqualTo(HELLO);
                data.finish(Ending.ORDERLY);
                client.expect(226);
            }
        }
    }

    @Test
    void others_are_refused_as_ever() throws IOException {
        try (TestServer server = start();
                ProbeClient client = server.greeted(Door.PLAIN)) {
            client.login(TestServer.OTHER_USER, TestServer.PASSWORD);
            client.send("PORT 127,5,0,1,200,1").expect(500);
            client.send("EPRT |1|127.5.0.1|50000|").expect(500);
            InetSocketAddress port = client.passiveAddress(client.ask("EPSV"));
            try (ProbeData data = client.connectData(port, OTHER_SERVER)) {
                assertThat(data.awaitEnd()).isIn(PeerEnd.FIN, PeerEnd.RESET);
            }
            client.download("NLST docs").expect(150, 226);
        }
    }

    @Test
    void a_listener_that_wants_tls_wants_it_between_servers_too() throws IOException {
        try (TestServer server = start();
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            client.startTls().login(TestServer.USER, TestServer.PASSWORD);
            client.send("PORT 127,5,0,1,200,1");
            client.read();
            client.send("RETR hello.txt").expect(521);
        }
    }

    private static TestServer start() throws IOException {
        return TestServer.start(
                TestServer.Options.DEFAULTS.with(
                        TestServer.DataConnections.DEFAULTS.with(PERMISSION)));
    }
}
