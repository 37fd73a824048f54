package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.limit.Limits;
import io.sealane.testkit.Ending;
import io.sealane.testkit.LeakCheck;
import io.sealane.testkit.LeakCheck.Resource;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.ProbeStream;
import io.sealane.testkit.RandomBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The system takes megabytes ahead of a client that reads slowly, so the server's last write may
/// be long over when the client has the last octet.
final class SlowReaderTest {
    private static final Limits LIMITS =
            new Limits(
                    100,
                    100,
                    100,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(60));

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Fits into the system's buffers of one connection.
    private static final byte[] SMALL = new RandomBytes(3, 300_000).toArray();

    /// Does not.
    private static final byte[] LARGE = new RandomBytes(4, 8 << 20).toArray();

    private static final int PIECE = 512 * 1024;

    private static final int DOWNLOADS = 40;

    private static final int LINGERING_MAX = 16;

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "BORINGSSL_1_3"})
    void what_was_answered_with_226_arrives_however_late_it_is_read(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options().with(LIMITS))) {
            server.files().put("/file", SMALL);
            try (ProbeClient client = security.member(server);
                    ProbeData data = client.openData()) {
                client.send("RETR file").expect(150);
                ProbeStream stream = data.establish();
                client.expect(226);
                LockSupport.parkNanos(
                        LIMITS.linger()
                                .plus(LIMITS.stall())
                                .multipliedBy(5)
                                .dividedBy(4)
                                .toNanos());

                assertThat(stream.readToEnd(PATIENCE)).isEqualTo(SMALL);
                assertThat(stream.peerEnd())
                        .contains(security.tls() ? PeerEnd.CLOSE_NOTIFY : PeerEnd.FIN);
                data.finish(Ending.ORDERLY);
                client.send("NOOP").expect(200);
            }
        }
    }

    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells what a peer takes")
    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "BORINGSSL_1_3"})
    void a_download_that_moves_is_no_stalled_one(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options().with(LIMITS))) {
            server.files().put("/file", LARGE);
            try (ProbeClient client = security.member(server);
                    ProbeData data = client.openData()) {
                client.send("RETR file").expect(150);
                assertThat(readSlowly(data.establish())).isEqualTo(LARGE);
                data.finish(Ending.ORDERLY);
                client.expect(226);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "BORINGSSL_1_3"})
    void a_download_that_nobody_reads_is_a_stalled_one(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options().with(LIMITS))) {
            server.files().put("/file", LARGE);
            try (ProbeClient client = security.member(server);
                    ProbeData data = client.openData()) {
                client.send("RETR file").expect(150);
                data.establish();
                client.expect(426);
                client.send("NOOP").expect(200);
            }
        }
    }

    /// Each is over for its session at once, and costs the server descriptors until it is read.
    @EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors are counted by /proc")
    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "BORINGSSL_1_3"})
    void downloads_that_nobody_reads_hold_few_connections_and_arrive(Security security)
            throws IOException {
        List<ProbeData> unread = new ArrayList<>();
        try (TestServer server = TestServer.start(security.options())) {
            server.files().put("/file", SMALL);
            try (ProbeClient client = security.member(server)) {
                LeakCheck held = LeakCheck.ofThisProcess().watching(Resource.FILES);
                int before = held.snapshot().count(Resource.FILES);
                for (int i = 0; i < DOWNLOADS; i++) {
                    ProbeData data = client.openData();
                    unread.add(data);
                    client.send("RETR file").expect(150);
                    data.establish();
                    client.expect(226);
                }
                awaitAtMost(before + DOWNLOADS + LINGERING_MAX, held);
                for (ProbeData data : unread) {
                    ProbeStream stream = data.establish();
                    assertThat(stream.readToEnd(PATIENCE)).isEqualTo(SMALL);
                    assertThat(stream.peerEnd())
                            .contains(security.tls() ? PeerEnd.CLOSE_NOTIFY : PeerEnd.FIN);
                }
            }
        } finally {
            for (ProbeData data : unread) {
                data.close();
            }
        }
    }

    /// Who has to leave does so by a thread of its own.
    private static void awaitAtMost(int files, LeakCheck held) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int count = held.snapshot().count(Resource.FILES);
        while (count > files) {
            assertThat(System.nanoTime()).as("%s files are open", count).isLessThan(deadline);
            LockSupport.parkNanos(LIMITS.linger().toNanos() / 10);
            count = held.snapshot().count(Resource.FILES);
        }
    }

    /// In pieces that make a window move, a quarter of the stall limit apart.
    private static byte[] readSlowly(ProbeStream stream) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        int untilPause = PIECE;
        int read = stream.read(buffer, PATIENCE);
        while (read >= 0) {
            content.write(buffer, 0, read);
            untilPause -= read;
            if (untilPause < 0) {
                untilPause = PIECE;
                LockSupport.parkNanos(LIMITS.stall().dividedBy(4).toNanos());
            }
            read = stream.read(buffer, PATIENCE);
        }
        return content.toByteArray();
    }
}
