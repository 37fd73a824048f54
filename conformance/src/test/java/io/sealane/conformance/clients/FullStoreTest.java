package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.Ending;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A store without room for an upload: here one whose files must not be larger than they are
/// allowed to by the kernel, which needs no file system of its own.
@Timeout(60)
final class FullStoreTest {
    private static final int ROOM = 1 << 20;

    /// By more than sockets hold: who sends it all has been read to the end.
    private static final byte[] TOO_LARGE = new byte[ROOM + (16 << 20)];

    private static final byte[] BEGINNING = new byte[30_000];

    @Test
    void what_found_no_room_leaves_it_to_others(@TempDir Path folder) throws Exception {
        try (PackagedServer server = PackagedServer.start(folder, Settings.standard());
                ProbeClient client = member(server)) {
            limitFiles(server);
            upload(client, "STOR large", TOO_LARGE, Ending.ORDERLY);
            client.expect(452);
            server.awaitLog("storage-failed .*operation=STOR");
            assertThat(hidden(server)).isEmpty();

            upload(client, "STOR part", BEGINNING, Ending.RESET);
            client.expect(426);
            upload(client, "APPE part", TOO_LARGE, Ending.ORDERLY);
            client.expect(452).send("SIZE part").expect(213, Integer.toString(BEGINNING.length));
            assertThat(hidden(server)).hasSize(1);

            upload(client, "STOR small", BEGINNING, Ending.ORDERLY);
            client.expect(226);
        }
    }

    @Test
    void a_copy_that_finds_no_room_is_told_of_in_the_log(@TempDir Path folder) throws Exception {
        try (PackagedServer server = PackagedServer.start(folder, Settings.standard());
                ProbeClient client = member(server)) {
            Files.write(server.home().resolve("large"), TOO_LARGE);
            limitFiles(server);
            client.send("SITE COPY large copy").expect(452);
            server.awaitLog("storage-failed ");
            assertThat(hidden(server)).isEmpty();
        }
    }

    private static void limitFiles(PackagedServer server) throws Exception {
        Process limit =
                new ProcessBuilder("prlimit", "--pid", "" + server.pid(), "--fsize=" + ROOM)
                        .inheritIO()
                        .start();
        assertThat(limit.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(limit.exitValue()).isZero();
    }

    private static List<Path> hidden(PackagedServer server) throws IOException {
        try (Stream<Path> files = Files.list(server.home())) {
            return files.filter(file -> file.getFileName().toString().startsWith(".")).toList();
        }
    }

    private static void upload(ProbeClient client, String command, byte[] content, Ending ending)
            throws IOException {
        try (ProbeData data = client.openData()) {
            client.send(command).expect(150);
            data.write(content).finish(ending);
        }
    }

    private static ProbeClient member(PackagedServer server) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port(Mode.PLAIN));
        ProbeClient client = ProbeClient.connect(address).expect(220);
        client.login(PackagedServer.USER, PackagedServer.PASSWORD);
        return client.send("TYPE I").expect(200);
    }
}
