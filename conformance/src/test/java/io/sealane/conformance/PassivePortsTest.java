package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.data.PassiveSettings;
import io.sealane.core.data.PeerCheck;
import io.sealane.core.event.Event.PassivePortNotOpened;
import io.sealane.testkit.DataMode;
import io.sealane.testkit.Ending;
import io.sealane.testkit.LeakCheck;
import io.sealane.testkit.LeakCheck.Resource;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.RandomBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The ports of the passive range: that they suffice, that they come back, and who shares them.
final class PassivePortsTest {
    private static final byte[] CONTENT = new RandomBytes(815, 300_000).toArray();
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final LeakCheck PORTS =
            LeakCheck.ofThisProcess().watching(Resource.LISTENING_PORTS);

    @Test
    void ten_thousand_requests_of_one_session_never_hold_more_than_one_port() throws IOException {
        try (TestServer server = start(Library.JSSE, range(10));
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            int before = PORTS.snapshot().count(Resource.LISTENING_PORTS);
            for (int i = 1; i <= 10_000; i++) {
                client.send(i % 2 == 0 ? "PASV" : "EPSV").expect(i % 2 == 0 ? 227 : 229);
                if (i % 500 == 0) {
                    int now = PORTS.snapshot().count(Resource.LISTENING_PORTS);
                    assertThat(now - before).isEqualTo(1);
                }
            }
            client.download("NLST docs").expect(150, 226);
        }
    }

    @Test
    void five_hundred_clients_that_vanish_leave_every_port_free() throws IOException {
        PassiveSettings range = range(500);
        try (TestServer server = start(Library.JSSE, range)) {
            List<ProbeClient> clients = new ArrayList<>();
            Set<Integer> ports = new HashSet<>();
            for (int i = 0; i < 500; i++) {
                ProbeClient client = server.plainMember(Door.PLAIN);
                clients.add(client);
                ports.add(client.passiveAddress(client.ask("PASV")).getPort());
            }
            assertThat(ports).as("of one address, so none is shared").hasSize(500);
            try (ProbeClient late = server.plainMember(Door.PLAIN)) {
                late.send("EPSV").expect(425, "No passive port free...");
            }
            for (ProbeClient client : clients) {
                client.finish(Ending.RESET);
            }
            server.awaitNoSessions();
            for (int port : ports) {
                assertThat(Ports.isFree(new InetSocketAddress(Family.IPV4.loopback(), port)))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "BORINGSSL_1_3"})
    void ten_ports_serve_two_hundred_clients_at_once(Security security) throws Exception {
        try (TestServer server = start(security, range(10))) {
            server.files().put("/file", CONTENT);
            CyclicBarrier allHaveAPort = new CyclicBarrier(200);
            try (ExecutorService threads =
                    Executors.newThreadPerTaskExecutor(
                            Thread.ofVirtual().name("probe-of-many-", 0).factory())) {
                List<Future<byte[]>> downloads = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    InetAddress from = InetAddress.ofLiteral("127.1." + i + ".1");
                    downloads.add(
                            threads.submit(() -> download(security, server, from, allHaveAPort)));
                }
                for (Future<byte[]> download : downloads) {
                    assertThat(download.get()).isEqualTo(CONTENT);
                }
            }
        }
    }

    private static byte[] download(
            Security security, TestServer server, InetAddress from, CyclicBarrier allHaveAPort)
            throws Exception {
        try (ProbeClient client = security.member(server, from)) {
            InetSocketAddress port = client.passiveAddress(client.ask("PASV"));
            allHaveAPort.await(); // Two hundred offers, ten ports.
            try (ProbeData data = client.connectData(port)) {
                client.send("RETR file");
                byte[] content = data.readToEnd();
                data.finish(Ending.ORDERLY);
                client.expect(150).expect(226);
                return content;
            }
        }
    }

    /// Opening, handing over and closing at the same ports, over and over.
    @Test
    void two_ports_serve_many_clients_again_and_again() throws Exception {
        try (TestServer server = start(Library.JSSE, range(2));
                ExecutorService threads =
                        Executors.newThreadPerTaskExecutor(
                                Thread.ofVirtual().name("probe-again-", 0).factory())) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                InetAddress from = InetAddress.ofLiteral("127.2.0." + i);
                clients.add(threads.submit(again(server, from)));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
    }

    private static Callable<Boolean> again(TestServer server, InetAddress from) {
        return () -> {
            byte[] mine = from.getHostAddress().getBytes(StandardCharsets.US_ASCII);
            String name = from.getHostAddress();
            try (ProbeClient client = Security.PLAIN.member(server, from)) {
                for (int round = 0; round < 60; round++) {
                    client.data(client.plan().mode(round % 2 == 0 ? DataMode.EPSV : DataMode.PASV));
                    client.upload("STOR " + name, mine).expect(150, 226);
                    client.send("EPSV").expect(229); // Never used.
                    assertThat(client.download("RETR " + name).expect(150, 226).content())
                            .isEqualTo(mine);
                }
            }
            return true;
        };
    }

    @Test
    void clients_of_one_address_never_share_a_port() throws IOException {
        try (TestServer server = start(Library.JSSE, range(1));
                ProbeClient first = server.plainMember(Door.PLAIN);
                ProbeClient second = server.plainMember(Door.PLAIN);
                ProbeClient elsewhere =
                        Security.PLAIN.member(server, InetAddress.ofLiteral("127.0.0.2"))) {
            InetSocketAddress port = first.passiveAddress(first.ask("EPSV"));
            long start = System.nanoTime();
            second.send("EPSV").expect(425, "No passive port free, try again later.");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(2));
            elsewhere.download("NLST docs").expect(150, 226);
            assertThat(Ports.isFree(port)).as("the first one waits yet").isFalse();
            first.send("QUIT").expect(221).expectEnd(PeerEnd.FIN);
            assertThat(Ports.isFree(port)).isTrue();
            second.download("NLST docs").expect(150, 226);
        }
    }

    @Test
    void that_another_program_has_the_ports_is_in_the_log_with_its_cause() throws IOException {
        int port = Ports.freeRange(1);
        try (ServerSocketChannel other = ServerSocketChannel.open();
                TestServer server = start(Library.JSSE, PassiveSettings.range(port, port));
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            other.bind(new InetSocketAddress(Family.IPV4.loopback(), port));
            client.send("EPSV").expect(425, "No passive port free...");
            client.send("EPSV").expect(425);
            assertThat(server.events().all(PassivePortNotOpened.class))
                    .singleElement()
                    .satisfies(told -> {
                        assertThat(told.address()).isEqualTo("127.0.0.1:" + port);
                        assertThat(told.cause()).contains("in use");
                    });
        }
    }

    @Test
    void a_stranger_is_told_of_to_all_who_wait_where_he_came() throws IOException {
        TestServer.Options options =
                TestServer.Options.DEFAULTS
                        .with(TestServer.dataConnect(TestServer.LIMITS, Duration.ofMillis(500)))
                        .with(TestServer.DataConnections.DEFAULTS.with(range(1)));
        InetAddress neighbour = InetAddress.ofLiteral("127.0.0.2");
        InetAddress stranger = InetAddress.ofLiteral("127.0.0.3");
        try (TestServer server = TestServer.start(options);
                ProbeClient first = server.plainMember(Door.PLAIN);
                ProbeClient second = Security.PLAIN.member(server, neighbour)) {
            InetSocketAddress port = first.passiveAddress(first.ask("EPSV"));
            assertThat(second.passiveAddress(second.ask("EPSV"))).isEqualTo(port);
            first.connectData(port, stranger).close();
            first.send("STOR new").expect(150);
            second.send("STOR new").expect(150);
            first.expect(425, "...somebody from another address...");
            second.expect(425, "...somebody from another address...");
        }
    }

    @Test
    void same_network_shares_between_networks_alone() throws IOException {
        try (TestServer server = start(Library.JSSE, range(1).with(PeerCheck.SAME_NETWORK));
                ProbeClient first =
                        Security.PLAIN.member(server, InetAddress.ofLiteral("127.3.1.1"));
                ProbeClient neighbour =
                        Security.PLAIN.member(server, InetAddress.ofLiteral("127.3.1.2"));
                ProbeClient elsewhere =
                        Security.PLAIN.member(server, InetAddress.ofLiteral("127.3.2.1"))) {
            InetSocketAddress port = first.passiveAddress(first.ask("EPSV"));
            neighbour.send("EPSV").expect(425);
            elsewhere.download("NLST docs").expect(150, 226);
            // From its network is as good as from its address.
            try (ProbeData data = first.connectData(port, InetAddress.ofLiteral("127.3.1.77"))) {
                first.send("NLST docs").expect(150);
                assertThat(data.readToEnd()).isEqualTo(TestFiles.text("docs/guide.txt\r\n"));
                data.finish(Ending.ORDERLY);
                first.expect(226);
            }
            neighbour.download("NLST docs").expect(150, 226);
        }
    }

    @Test
    void excluded_ports_are_never_offered() throws IOException {
        PassiveSettings range = range(4);
        int kept = range.firstPort() + 2;
        Set<Integer> excluded =
                Set.of(range.firstPort(), range.firstPort() + 1, range.firstPort() + 3);
        try (TestServer server = start(Library.JSSE, range.excluding(excluded));
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            for (int i = 0; i < 50; i++) {
                assertThat(client.passiveAddress(client.ask("EPSV")).getPort()).isEqualTo(kept);
            }
        }
    }

    /// A port that another program has is no reason to fail.
    @Test
    void ports_of_others_are_left_out() throws IOException {
        PassiveSettings range = range(2);
        InetSocketAddress taken = new InetSocketAddress(Family.IPV4.loopback(), range.firstPort());
        try (ServerSocketChannel other = ServerSocketChannel.open().bind(taken);
                TestServer server = start(Library.JSSE, range);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            assertThat(other.isOpen()).isTrue();
            for (int i = 0; i < 20; i++) {
                assertThat(client.passiveAddress(client.ask("EPSV")).getPort())
                        .isEqualTo(range.lastPort());
            }
        }
    }

    @Test
    void replies_that_name_a_port_come_in_one_piece_and_exactly_so() throws IOException {
        try (TestServer server = start(Library.JSSE, range(1));
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            int port = client.passiveAddress(client.ask("PASV")).getPort();
            assertThat(oneRead(client, "PASV"))
                    .isEqualTo(
                            "227 Entering Passive Mode (127,0,0,1,%d,%d).\r\n"
                                    .formatted(port / 256, port % 256));
            assertThat(oneRead(client, "EPSV"))
                    .isEqualTo("229 Entering Extended Passive Mode (|||%d|)\r\n".formatted(port));
        }
    }

    private static String oneRead(ProbeClient client, String command) throws IOException {
        byte[] buffer = new byte[200];
        client.send(command);
        int count = client.stream().read(buffer, PATIENCE);
        return new String(buffer, 0, count, StandardCharsets.US_ASCII);
    }

    private static PassiveSettings range(int count) throws IOException {
        int first = Ports.freeRange(count);
        return PassiveSettings.range(first, first + count - 1);
    }

    private static TestServer start(Library library, PassiveSettings passive) throws IOException {
        return TestServer.start(
                TestServer.Options.DEFAULTS
                        .with(library)
                        .with(TestServer.DataConnections.DEFAULTS.with(passive)));
    }

    private static TestServer start(Security security, PassiveSettings passive) throws IOException {
        return TestServer.start(
                security.options().with(TestServer.DataConnections.DEFAULTS.with(passive)));
    }
}
