package io.sealane.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FaultProxyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] CONTENT = "0123456789".getBytes(UTF_8);

    @Test
    void without_a_fault_bytes_and_ends_pass_both_ways_and_are_recorded() throws Exception {
        try (OneShotServer server = OneShotServer.start(FaultProxyTest::echo);
                FaultProxy proxy = FaultProxy.before(server.address()).start();
                ProbeStream client = connect(proxy)) {
            client.write(CONTENT);
            client.finish(Ending.FIN);

            assertThat(client.readToEnd(PATIENCE)).isEqualTo(CONTENT);
            assertThat(client.peerEnd()).contains(PeerEnd.FIN);
            Passage passage = proxy.passages().getFirst();
            passage.awaitEnd(PATIENCE);
            assertThat(passage.bytes(Direction.TO_SERVER)).isEqualTo(CONTENT);
            assertThat(passage.bytes(Direction.TO_CLIENT)).isEqualTo(CONTENT);
        }
    }

    @Test
    void a_reset_of_the_server_is_passed_on() throws Exception {
        try (OneShotServer server = OneShotServer.start(FaultProxyTest::reset);
                FaultProxy proxy = FaultProxy.before(server.address()).start();
                ProbeStream client = connect(proxy)) {
            client.write(CONTENT);
            client.readToEnd(PATIENCE);

            assertThat(client.peerEnd()).contains(PeerEnd.RESET);
        }
    }

    @Test
    void a_cut_is_a_fin_after_so_many_bytes() throws Exception {
        try (OneShotServer server = OneShotServer.start(FaultProxyTest::echo);
                FaultProxy proxy =
                        FaultProxy.before(server.address())
                                .towardsClient(new Fault.CutAfter(4))
                                .start();
                ProbeStream client = connect(proxy)) {
            client.write(CONTENT);

            assertThat(client.readToEnd(PATIENCE)).isEqualTo("0123".getBytes(UTF_8));
            assertThat(client.peerEnd()).contains(PeerEnd.FIN);
        }
    }

    @Test
    void a_reset_comes_after_so_many_bytes() throws Exception {
        try (OneShotServer server = OneShotServer.start(FaultProxyTest::echo);
                FaultProxy proxy =
                        FaultProxy.before(server.address())
                                .towardsServer(new Fault.ResetAfter(4))
                                .start();
                ProbeStream client = connect(proxy)) {
            client.write(CONTENT);
            client.readToEnd(PATIENCE);

            assertThat(client.peerEnd()).contains(PeerEnd.RESET);
            assertThat(proxy.passages().getFirst().count(Direction.TO_SERVER)).isEqualTo(4);
        }
    }

    @Test
    void a_stall_keeps_the_connection_open_and_says_nothing() throws Exception {
        try (OneShotServer server = OneShotServer.start(FaultProxyTest::echo);
                FaultProxy proxy =
                        FaultProxy.before(server.address())
                                .towardsClient(new Fault.StallAfter(4))
                                .start();
                ProbeStream client = connect(proxy)) {
            client.write(CONTENT);
            byte[] buffer = new byte[10];

            assertThat(client.read(buffer, PATIENCE)).isEqualTo(4);
            assertThatThrownBy(() -> client.read(buffer, Duration.ofMillis(100)))
                    .isInstanceOf(ProbeTimeout.class);
        }
    }

    @Test
    void a_delay_holds_each_chunk() throws Exception {
        try (OneShotServer server = OneShotServer.start(FaultProxyTest::echo);
                FaultProxy proxy =
                        FaultProxy.before(server.address())
                                .towardsClient(new Fault.Delay(Duration.ofMillis(100)))
                                .start();
                ProbeStream client = connect(proxy)) {
            long start = System.nanoTime();
            client.write(CONTENT);
            client.read(new byte[10], PATIENCE);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    @Test
    void chunks_are_no_larger_than_told() throws Exception {
        Fault pause = new Fault.Delay(Duration.ofMillis(5));
        assertThat(longestRead(new Fault.ChunkTo(3), pause)).isEqualTo(3);
        assertThat(longestRead(new Fault.OneByteSegments(), pause)).isEqualTo(1);
    }

    @Test
    void closing_ends_all_threads_and_sockets() throws Exception {
        LeakCheck leaks =
                LeakCheck.ofThisProcess()
                        .watching(
                                LeakCheck.Resource.VIRTUAL_THREADS,
                                LeakCheck.Resource.LISTENING_PORTS)
                        .virtualThreadsNamed("fault-proxy-");
        LeakCheck.Snapshot before = leaks.snapshot();
        try (OneShotServer server = OneShotServer.start(FaultProxyTest::echo);
                FaultProxy proxy =
                        FaultProxy.before(server.address())
                                .towardsClient(new Fault.StallAfter(1))
                                .start();
                ProbeStream client = connect(proxy)) {
            client.write(CONTENT);
            client.read(new byte[1], PATIENCE);
            assertThat(leaks.snapshot().count(LeakCheck.Resource.VIRTUAL_THREADS)).isEqualTo(3);
        }
        leaks.assertBackTo(before, PATIENCE);
    }

    @Test
    void recorded_tls_comes_apart_into_records() throws Exception {
        TinyFtpServer files = new TinyFtpServer(ServerTls.create());
        try (OneShotServer server = OneShotServer.start(files);
                FaultProxy proxy = FaultProxy.before(server.address()).start();
                ProbeClient client = ProbeClient.connect(proxy.address())) {
            client.expect(220).startTls().login("demo", "x").send("QUIT").expect(221).awaitEnd();

            Passage passage = proxy.passages().getFirst();
            List<TlsRecord> down =
                    TlsRecords.parseBehindLine("234", passage.bytes(Direction.TO_CLIENT));
            List<TlsRecord> up =
                    TlsRecords.parseBehindLine("AUTH", passage.bytes(Direction.TO_SERVER));
            assertThat(up.getFirst().type()).isEqualTo(TlsRecord.Type.HANDSHAKE);
            assertThat(down.getFirst().type()).isEqualTo(TlsRecord.Type.HANDSHAKE);
            assertThat(down.getLast().type()).isEqualTo(TlsRecord.Type.APPLICATION_DATA);
            assertThat(down).allMatch(TlsRecord::isComplete);
            assertThat(down).extracting(TlsRecord::version).containsOnly(0x0303);
        }
    }

    @Test
    void a_cut_record_is_shown_as_cut_and_other_bytes_are_a_violation() {
        byte[] cut = Printable.parse("\\x15\\x03\\x03\\0\\x02\\x01\\0\\x17\\x03\\x03\\0\\x0aabc");

        assertThat(TlsRecords.parse(cut))
                .containsExactly(
                        new TlsRecord(TlsRecord.Type.ALERT, 0x0303, 2, 2),
                        new TlsRecord(TlsRecord.Type.APPLICATION_DATA, 0x0303, 10, 3));
        assertThatThrownBy(() -> TlsRecords.parse("220 hello\r\n".getBytes(UTF_8)))
                .isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> TlsRecords.parseBehindLine("234", "220 a\r\n".getBytes(UTF_8)))
                .isInstanceOf(ProtocolViolation.class);
    }

    private static int longestRead(Fault... faults) throws IOException {
        try (OneShotServer server = OneShotServer.start(FaultProxyTest::echo);
                FaultProxy proxy =
                        FaultProxy.before(server.address()).towardsClient(faults).start();
                ProbeStream client = connect(proxy)) {
            client.write(CONTENT);
            client.finish(Ending.FIN);
            int longest = 0;
            byte[] buffer = new byte[10];
            for (int n = client.read(buffer, PATIENCE); n >= 0; n = client.read(buffer, PATIENCE)) {
                longest = Math.max(longest, n);
            }
            return longest;
        }
    }

    private static ProbeStream connect(FaultProxy proxy) throws IOException {
        return new ProbePlain(TcpWire.connect(proxy.address(), PATIENCE));
    }

    private static void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
        socket.shutdownOutput();
    }

    private static void reset(Socket socket) throws IOException {
        socket.getInputStream().readNBytes(CONTENT.length);
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
