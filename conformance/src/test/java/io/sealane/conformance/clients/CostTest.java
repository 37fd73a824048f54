package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.Ending;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.RandomBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What files cost, counted and not timed: calls of the kernel, and garbage. There is room in the
/// bounds for a peer that takes its octets in small pieces, and none for a call, a copy or an
/// object for each record.
@Timeout(120)
final class CostTest {
    private static final int MEBIBYTES = 256;
    private static final long PIECES = MEBIBYTES * 4L;
    private static final long RECORDS = MEBIBYTES * 64L;

    /// The result that an engine returns, and no more: each read that waits costs as much.
    private static final int PER_RECORD_BYTES_MAX = 100;

    private static final int SMALL_BYTES = 4096;
    private static final int FILES = 200;

    @TempDir private Path folder;

    @Test
    void files_cost_few_calls_and_little_garbage() throws Exception {
        try (PackagedServer server =
                        PackagedServer.start(
                                folder, Settings.standard().java(Costs.COLLECT_NOTHING));
                ProbeClient secure = secure(server);
                ProbeClient clear = clear(server)) {
            large(server, secure);
            large(server, clear);
            small(server, secure, new Costs(16, 8, 85_000));
            small(server, clear, new Costs(10, 8, 40_000));
        }
    }

    private static void large(PackagedServer server, ProbeClient client) throws IOException {
        upload(client); // What the first of all has loaded and made is not counted.
        download(client);
        Costs up = Costs.of(server, () -> upload(client));
        Costs down = Costs.of(server, () -> download(client));
        assertThat(up.writes()).isLessThan(PIECES * 2); // Its reads are the client's choice.
        assertThat(down.reads()).isLessThan(PIECES * 4);
        assertThat(down.writes()).isLessThan(PIECES * 4);
        assertThat(up.heapBytes()).isLessThan(RECORDS * PER_RECORD_BYTES_MAX);
        assertThat(down.heapBytes()).isLessThan(RECORDS * PER_RECORD_BYTES_MAX);
    }

    /// @param each what one file may cost
    private static void small(PackagedServer server, ProbeClient client, Costs each)
            throws IOException {
        moveSmall(client);
        Costs all = Costs.of(server, () -> moveSmall(client));
        assertThat(all.reads()).isLessThan(FILES * each.reads());
        assertThat(all.writes()).isLessThan(FILES * each.writes());
        assertThat(all.heapBytes()).isLessThan(FILES * each.heapBytes());
    }

    private static void upload(ProbeClient client) throws IOException {
        try (InputStream content = new RandomBytes(1, (long) MEBIBYTES << 20).open()) {
            client.upload("STOR large", content, Ending.ORDERLY).expect(150, 226);
        }
    }

    private static void download(ProbeClient client) throws IOException {
        client.download("RETR large", OutputStream.nullOutputStream()).expect(150, 226);
    }

    /// Half of the files go up, half come down.
    private static void moveSmall(ProbeClient client) throws IOException {
        byte[] content = new RandomBytes(1, SMALL_BYTES).toArray();
        for (int i = 0; i < FILES / 2; i++) {
            client.upload("STOR small", content).expect(150, 226);
            client.download("RETR small").expect(150, 226);
        }
    }

    private static ProbeClient clear(PackagedServer server) throws IOException {
        return login(ProbeClient.connect(address(server, Mode.PLAIN)).expect(220));
    }

    private static ProbeClient secure(PackagedServer server) throws IOException {
        ProbeClient client =
                login(ProbeClient.connect(address(server, Mode.EXPLICIT)).expect(220).startTls());
        client.protect();
        return client.data(client.plan().protection(DataProtection.SAME_SESSION));
    }

    private static ProbeClient login(ProbeClient client) throws IOException {
        return client.login(PackagedServer.USER, PackagedServer.PASSWORD)
                .send("TYPE I")
                .expect(200);
    }

    private static InetSocketAddress address(PackagedServer server, Mode mode) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port(mode));
    }
}
