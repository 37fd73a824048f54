package io.sealane.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ProbeTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static ServerTls serverTls;

    @BeforeAll
    static void makeCertificate() throws Exception {
        serverTls = ServerTls.create();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, ORDERLY, CLOSE_NOTIFY",
        "TLSv1.3, ORDERLY, CLOSE_NOTIFY",
        "TLSv1.2, FIN, FIN",
        "TLSv1.3, FIN, FIN",
        "TLSv1.2, RESET, RESET",
        "TLSv1.3, RESET, RESET",
    })
    void the_ends_of_a_stream_are_told_apart(String version, Ending ending, PeerEnd seen)
            throws Exception {
        try (OneShotServer server = OneShotServer.start(plain -> sayAndEnd(plain, ending));
                Socket socket = connect(server);
                ProbeTls tls = tls(socket, TlsChoice.DEFAULTS.versions(version))) {
            tls.write("go".getBytes(UTF_8));
            byte[] buffer = new byte[5];
            int count = tls.read(buffer, PATIENCE);
            assertThat(new String(buffer, 0, count, UTF_8)).isEqualTo("hello");
            tls.write("on".getBytes(UTF_8));

            assertThat(tls.readToEnd(PATIENCE)).isEmpty();
            assertThat(tls.peerEnd()).contains(seen);
            assertThat(tls.tls().orElseThrow().version()).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, ORDERLY, CLOSE_NOTIFY",
        "TLSv1.3, ORDERLY, CLOSE_NOTIFY",
        "TLSv1.2, CLOSE_NOTIFY_ONLY, CLOSE_NOTIFY",
        "TLSv1.3, CLOSE_NOTIFY_ONLY, CLOSE_NOTIFY",
        "TLSv1.2, FIN, FIN",
        "TLSv1.3, FIN, FIN",
        "TLSv1.2, RESET, RESET",
        "TLSv1.3, RESET, RESET",
    })
    void the_probe_can_end_in_each_way(String version, Ending ending, PeerEnd seen)
            throws Exception {
        BlockingQueue<PeerEnd> ends = new ArrayBlockingQueue<>(1);
        try (OneShotServer server = OneShotServer.start(plain -> ends.add(observeEnd(plain)));
                Socket socket = connect(server);
                ProbeTls tls = tls(socket, TlsChoice.DEFAULTS.versions(version))) {
            tls.write("bye".getBytes(UTF_8));
            // An RST takes unread bytes with it: the server is to be past its handshake.
            tls.read(new byte[2], PATIENCE);
            tls.finish(ending);

            assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(seen);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_session_is_resumed_with_the_same_key_only(String version) throws Exception {
        TlsSessions sessions = TlsSessions.fresh(TlsChoice.DEFAULTS.versions(version));
        try (OneShotServer server = OneShotServer.start(ProbeTlsTest::sayHello)) {
            assertThat(resumption(server, sessions, 1)).isEqualTo(Resumption.FULL_HANDSHAKE);
            assertThat(resumption(server, sessions, 2)).isEqualTo(Resumption.FULL_HANDSHAKE);
            assertThat(resumption(server, sessions, 1)).isEqualTo(Resumption.RESUMED);
            assertThat(resumption(server, sessions, 1)).isEqualTo(Resumption.RESUMED);
        }
    }

    @Test
    void more_bytes_than_a_record_holds_arrive_whole() throws Exception {
        RandomBytes content = new RandomBytes(7, 1_000_000);
        try (OneShotServer server = OneShotServer.start(plain -> sayAll(plain, content.toArray()));
                Socket socket = connect(server);
                ProbeTls tls = tls(socket, TlsChoice.DEFAULTS)) {
            byte[] received = tls.readToEnd(PATIENCE);

            assertThat(Digests.sha256(received)).isEqualTo(content.sha256());
            assertThat(tls.peerEnd()).contains(PeerEnd.CLOSE_NOTIFY);
            assertThat(tls.tcpEnd(PATIENCE)).isEqualTo(PeerEnd.FIN);
        }
    }

    @Test
    void the_alert_of_a_server_that_refuses_is_thrown() throws Exception {
        try (OneShotServer server = OneShotServer.start(ProbeTlsTest::refuseProtocol);
                Socket socket = connect(server)) {
            TlsChoice choice = TlsChoice.DEFAULTS.applicationProtocols("http/1.1");

            assertThatThrownBy(() -> tls(socket, choice))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("no_application_protocol");
        }
    }

    @Test
    void silence_is_a_timeout() throws Exception {
        try (OneShotServer server = OneShotServer.start(Socket::getInputStream);
                Socket socket = connect(server)) {
            TlsSessions sessions = TlsSessions.fresh(TlsChoice.DEFAULTS);

            assertThatThrownBy(
                            () -> ProbeTls.over(socket, sessions, "host", 1, Duration.ofMillis(50)))
                    .isInstanceOf(ProbeTimeout.class);
        }
    }

    private static void sayAndEnd(Socket plain, Ending ending) throws IOException {
        SSLSocket tls = serverTls.accept(plain);
        tls.getInputStream().readNBytes(2);
        tls.getOutputStream().write("hello".getBytes(UTF_8));
        tls.getInputStream().readNBytes(2); // all is read on both sides before the end
        switch (ending) {
            case ORDERLY -> tls.close();
            case FIN -> plain.shutdownOutput();
            case RESET -> {
                plain.setSoLinger(true, 0);
                plain.close();
            }
            case CLOSE_NOTIFY_ONLY, NONE -> throw new IllegalArgumentException();
        }
    }

    private static PeerEnd observeEnd(Socket plain) throws IOException {
        ProbeTls tls = serverTls.acceptObserved(plain);
        tls.read(new byte[3], PATIENCE);
        tls.write("ok".getBytes(UTF_8));
        tls.readToEnd(PATIENCE);
        return tls.peerEnd().orElseThrow();
    }

    private static void sayHello(Socket plain) throws IOException {
        SSLSocket tls = serverTls.accept(plain);
        tls.getOutputStream().write("hello".getBytes(UTF_8));
        tls.close();
    }

    private static void sayAll(Socket plain, byte[] content) throws IOException {
        SSLSocket tls = serverTls.accept(plain);
        tls.getOutputStream().write(content);
        tls.shutdownOutput();
    }

    private static void refuseProtocol(Socket plain) throws IOException {
        serverTls.accept(plain, "ftp");
    }

    private static Resumption resumption(OneShotServer server, TlsSessions sessions, int key)
            throws IOException {
        try (Socket socket = connect(server);
                ProbeTls tls = ProbeTls.over(socket, sessions, "host", key, PATIENCE)) {
            tls.readToEnd(PATIENCE); // a TLS 1.3 ticket comes behind the handshake
            return tls.tls().orElseThrow().resumption();
        }
    }

    private static ProbeTls tls(Socket socket, TlsChoice choice) throws IOException {
        return ProbeTls.over(socket, TlsSessions.fresh(choice), "host", 1, PATIENCE);
    }

    private static Socket connect(OneShotServer server) throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }
}
