package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.data.ActiveSettings;
import io.sealane.testkit.DataMode;
import io.sealane.testkit.Ending;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Where active data connections come from.
final class ActiveModeTest {
    private static final int FTP_DATA = 20;
    private static final int FTPS_DATA = 989;
    private static final byte[] LISTING = TestFiles.text("docs/guide.txt\r\n");

    @ParameterizedTest
    @EnumSource
    void fifty_transfers_at_once_all_come_from_port_20(Security security) throws IOException {
        assumeBindable(FTP_DATA);
        try (TestServer server = TestServer.start(security.options())) {
            List<ProbeClient> clients = new ArrayList<>();
            List<ProbeData> connections = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                ProbeClient client = security.member(server);
                clients.add(client);
                client.data(client.plan().mode(i % 2 == 0 ? DataMode.PORT : DataMode.EPRT));
                connections.add(client.openData());
                client.send("NLST docs");
            }
            for (ProbeData data : connections) {
                assertThat(sourcePort(data)).isEqualTo(FTP_DATA);
            }
            for (int i = 0; i < clients.size(); i++) {
                try (ProbeClient client = clients.get(i);
                        ProbeData data = connections.get(i)) {
                    assertThat(data.readToEnd()).isEqualTo(LISTING);
                    data.finish(Ending.ORDERLY);
                    client.expect(150).expect(226);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void in_implicit_mode_they_come_from_port_989(Family family) throws IOException {
        assumeBindable(FTPS_DATA);
        try (TestServer server = TestServer.start();
                ProbeClient client =
                        server.securedMember(
                                Door.IMPLICIT, family, ProbeClient.Settings.DEFAULTS)) {
            client.data(client.plan().mode(DataMode.EPRT));
            assertThat(listedFrom(client)).isEqualTo(FTPS_DATA);
        }
    }

    /// The client names the port that it just used, whose last connection is in TIME_WAIT yet.
    @Test
    void a_second_listing_to_the_same_port_works_at_once() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.plainMember(Door.PLAIN);
                ServerSocket listening = new ServerSocket()) {
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(Family.IPV4.loopback(), 0));
            int port = listening.getLocalPort();
            for (int i = 0; i < 3; i++) {
                client.send("PORT 127,0,0,1," + port / 256 + "," + port % 256).expect(200);
                client.send("NLST docs");
                try (Socket data = listening.accept()) {
                    assertThat(data.getInputStream().readAllBytes()).isEqualTo(LISTING);
                }
                client.expect(150).expect(226);
            }
        }
    }

    /// Where the process may bind port 20, because it is taken for a listener; else because it is
    /// privileged.
    @Test
    void where_port_20_cannot_be_had_another_one_serves() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.plainMember(Door.PLAIN);
                ServerSocket taken = new ServerSocket()) {
            try {
                taken.bind(new InetSocketAddress(Family.IPV4.loopback(), FTP_DATA));
            } catch (SocketException cannotBeHadEither) {
                assertThat(taken.isBound()).isFalse();
            }
            client.data(client.plan().mode(DataMode.PORT));
            assertThat(listedFrom(client)).isNotEqualTo(FTP_DATA);
        }
    }

    @Test
    void the_operator_may_want_any_port() throws IOException {
        ActiveSettings any =
                new ActiveSettings(ActiveSettings.Mode.ENABLED, ActiveSettings.SourcePort.ANY);
        TestServer.Options options =
                TestServer.Options.DEFAULTS.with(TestServer.DataConnections.DEFAULTS.with(any));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.data(client.plan().mode(DataMode.PORT));
            assertThat(listedFrom(client)).isGreaterThan(1023);
        }
    }

    private static int listedFrom(ProbeClient client) throws IOException {
        try (ProbeData data = client.openData()) {
            client.send("NLST docs");
            int port = sourcePort(data);
            assertThat(data.readToEnd()).isEqualTo(LISTING);
            data.finish(Ending.ORDERLY);
            client.expect(150).expect(226);
            return port;
        }
    }

    private static int sourcePort(ProbeData data) throws IOException {
        return data.accept().remoteAddress().orElseThrow().getPort();
    }

    /// Leaves a test out where the kernel does not give this process the port, and says so.
    private static void assumeBindable(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(Family.IPV4.loopback(), port));
        } catch (SocketException refused) {
            String reason = "left out: port " + port + " cannot be bound: " + refused.getMessage();
            System.out.println(reason);
            Assumptions.abort(reason);
        }
    }
}
