package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.RandomBytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Hundreds of peers that wait and take nothing cost the others nothing.
///
/// The probe's time limit is the gate: a server whose threads are held by stalled peers serves
/// nobody until their limits have passed, minutes later.
@Timeout(180)
final class StalledPeersTest {
    private static final int PEERS = 400;

    /// More than two sockets' buffers take in.
    private static final long LARGE_BYTES = 64L << 20;

    private static final byte[] CARGO = new RandomBytes(3, 1L << 20).toArray();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ProbeClient.Settings IMPATIENT =
            ProbeClient.Settings.DEFAULTS.timeout(PATIENCE);

    private static @Nullable PackagedServer running;

    private final List<AutoCloseable> stalled = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path place) throws IOException, InterruptedException {
        running =
                PackagedServer.start(
                        place,
                        Settings.standard()
                                .limits(
                                        "sessions-per-user: 1000, sessions-per-address: 1000,"
                                                + " handshake: 60s"));
        for (String name : List.of("large-in-the-clear", "large-by-tls")) {
            try (RandomAccessFile large =
                    new RandomAccessFile(server().home().resolve(name).toFile(), "rw")) {
                large.setLength(LARGE_BYTES);
            }
        }
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(running)
                .ifPresent(server -> {
                    server.close();
                    assertThat(server.defects()).isEmpty();
                });
    }

    @AfterEach
    void let_go() throws Exception {
        for (AutoCloseable peer : stalled) {
            peer.close();
        }
    }

    @Test
    void stalled_plain_downloads() throws IOException {
        for (int i = 0; i < PEERS; i++) {
            stallDownload(plainMember(), "large-in-the-clear");
        }
        othersAreServed();
        assertThat(server().moved("/large-in-the-clear")).isEmpty();
    }

    @Test
    void stalled_downloads_by_tls() throws IOException {
        for (int i = 0; i < PEERS; i++) {
            stallDownload(securedMember(), "large-by-tls");
        }
        othersAreServed();
        assertThat(server().moved("/large-by-tls")).isEmpty();
    }

    @Test
    void stalled_handshakes() throws IOException {
        byte[] beginning = {0x16, 0x03, 0x01};
        for (int i = 0; i < PEERS; i++) {
            Socket silent = new Socket();
            stalled.add(silent);
            silent.connect(address(i % 2 == 0 ? Mode.IMPLICIT : Mode.EXPLICIT));
            if (i % 2 != 0) {
                silent.getOutputStream().write("AUTH TLS\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            if (i % 4 > 1) {
                silent.getOutputStream().write(beginning);
            }
        }
        othersAreServed();
    }

    @Test
    void stalled_handshakes_of_data_connections() throws IOException {
        for (int i = 0; i < PEERS; i++) {
            ProbeClient client = securedMember();
            stalled.add(client.openData());
            client.send("RETR large-by-tls");
        }
        othersAreServed();
    }

    private void stallDownload(ProbeClient client, String name) throws IOException {
        ProbeData data = client.openData();
        stalled.add(data);
        client.send("RETR " + name);
        data.establish();
        client.expect(150);
    }

    /// Whole sessions, one after the other, in the clear and by TLS.
    private void othersAreServed() throws IOException {
        for (int i = 0; i < 3; i++) {
            isServed(plainMember(), "in-the-clear-" + i);
            isServed(securedMember(), "by-tls-" + i);
        }
    }

    private static void isServed(ProbeClient client, String name) throws IOException {
        client.upload("STOR " + name, CARGO).expect(150, 226);
        assertThat(client.download("RETR " + name).expect(150, 226).content()).isEqualTo(CARGO);
        String listing =
                new String(
                        client.download("MLSD").expect(150, 226).content(), StandardCharsets.UTF_8);
        assertThat(listing).contains(name);
        client.send("QUIT").expect(221);
    }

    private ProbeClient plainMember() throws IOException {
        ProbeClient client = ProbeClient.connect(address(Mode.PLAIN), IMPATIENT);
        stalled.add(client);
        return member(client.expect(220));
    }

    private ProbeClient securedMember() throws IOException {
        ProbeClient client = ProbeClient.implicit(address(Mode.IMPLICIT), IMPATIENT);
        stalled.add(client);
        member(client.expect(220));
        return client.data(client.plan().protection(DataProtection.SAME_SESSION));
    }

    private static ProbeClient member(ProbeClient client) throws IOException {
        return client.login(PackagedServer.USER, PackagedServer.PASSWORD)
                .send("TYPE I")
                .expect(200);
    }

    private static InetSocketAddress address(Mode mode) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server().port(mode));
    }

    private static PackagedServer server() {
        return Optional.ofNullable(running).orElseThrow();
    }
}
