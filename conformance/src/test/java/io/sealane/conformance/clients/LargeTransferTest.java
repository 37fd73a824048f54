package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.ExternalClient.Tool;
import io.sealane.testkit.RandomBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Large files by curl, which bounds its own time.
@Needs(Tool.CURL)
@ExtendWith(SharedServer.class)
@Timeout(180)
final class LargeTransferTest {
    private static final long GIBIBYTE = 1L << 30;
    private static final long LARGE = 100L << 20;
    private static final int SESSIONS = 8;

    @TempDir private Path folder;

    @Test
    void a_gibibyte_goes_there_and_back_by_tls_and_in_the_clear(PackagedServer server)
            throws Exception {
        String digest = Content.write(folder.resolve("large.bin"), new RandomBytes(1, GIBIBYTE));
        move(new Route(Mode.EXPLICIT, Protection.TLS_1_3), server, digest);
        move(new Route(Mode.PLAIN, Protection.CLEAR), server, digest);
    }

    private void move(Route route, PackagedServer server, String digest) throws IOException {
        String remote = server.newFolder("gibibyte");
        Curl curl = new Curl(server, route, folder);
        Path stored = server.home().resolve(remote).resolve("large.bin");
        curl.run("--upload-file", "large.bin", curl.url(remote, "large.bin"));
        assertThat(Content.sha256(stored)).isEqualTo(digest);
        curl.run("--output", "back.bin", curl.url(remote, "large.bin"));
        assertThat(Content.sha256(folder.resolve("back.bin"))).isEqualTo(digest);
        Files.delete(stored);
        Files.delete(folder.resolve("back.bin"));
    }

    @Test
    void eight_sessions_move_a_hundred_mebibytes_each_at_once(PackagedServer server)
            throws Exception {
        String remote = server.newFolder("at-once");
        String digest = Content.write(folder.resolve("large.bin"), new RandomBytes(2, LARGE));
        Curl curl = new Curl(server, new Route(Mode.IMPLICIT, Protection.TLS_1_3), folder);
        atOnce(i -> curl.run("--upload-file", "large.bin", curl.url(remote, "copy-" + i)));
        atOnce(i -> curl.run("--output", "back-" + i, curl.url(remote, "copy-" + i)));
        for (int i = 0; i < SESSIONS; i++) {
            Path stored = server.home().resolve(remote).resolve("copy-" + i);
            assertThat(Content.sha256(stored)).isEqualTo(digest);
            assertThat(Content.sha256(folder.resolve("back-" + i))).isEqualTo(digest);
            Files.delete(stored);
        }
        assertThat(server.moved("/" + remote)).hasSize(2 * SESSIONS).allMatch(MovedLine::resumed);
    }

    @FunctionalInterface
    private interface Session {
        void run(int number) throws IOException;
    }

    private static void atOnce(Session session) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(SESSIONS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                int number = i;
                running.add(
                        threads.submit(() -> {
                            session.run(number);
                            return number;
                        }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }
}
