package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Needs(Tool.RCLONE)
@ExtendWith(SharedServer.class)
@Timeout(90)
final class RcloneTest {
    private static final Duration TIME_MAX = Duration.ofSeconds(60);

    @TempDir private Path folder;

    /// Interop: the connections of one rclone share their TLS sessions (Go's cache knows the host's
    /// name alone), so where each data connection has to prove whose it is, rclone may have only
    /// one.
    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"EXPLICIT", "IMPLICIT", "PLAIN", "BOUND"})
    void a_copy_is_complete_and_a_second_one_moves_nothing(Mode mode, PackagedServer server)
            throws Exception {
        String remote = server.newFolder("rclone");
        Path tree = folder.resolve("tree");
        Tree.write(tree);
        run(mode, server, "copy", "tree", ":ftp:" + remote);
        run(mode, server, "copy", ":ftp:" + remote, "back");
        List<MovedLine> first = server.awaitMovedFiles("/" + remote, 2 * Tree.FILES);
        assertThat(first).hasSize(2 * Tree.FILES).allMatch(MovedLine::isComplete);
        run(mode, server, "sync", "tree", ":ftp:" + remote);
        run(mode, server, "sync", ":ftp:" + remote, "back");
        assertThat(server.movedFiles("/" + remote)).hasSameSizeAs(first);
        Tree.assertSame(tree, server.home().resolve(remote));
        Tree.assertSame(tree, folder.resolve("back"));
        run(mode, server, "purge", ":ftp:" + remote);
        assertThat(server.home().resolve(remote)).doesNotExist();
    }

    private void run(Mode mode, PackagedServer server, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(
                List.of(
                        "--retries",
                        "1",
                        "--low-level-retries",
                        "1",
                        "--ftp-no-check-certificate"));
        switch (mode.opening()) {
            case CLEAR -> {}
            case UPGRADED -> all.add("--ftp-explicit-tls");
            case TLS_FIRST -> all.add("--ftp-tls");
        }
        if (mode == Mode.BOUND) {
            all.addAll(List.of("--ftp-concurrency", "1", "--transfers", "1", "--checkers", "1"));
        }
        client().environment("RCLONE_CONFIG", "/dev/null")
                .environment("RCLONE_FTP_HOST", Family.IPV4.host())
                .environment("RCLONE_FTP_PORT", Integer.toString(server.port(mode)))
                .environment("RCLONE_FTP_USER", PackagedServer.USER)
                .environment("RCLONE_FTP_PASS", obscured())
                .run(all.toArray(String[]::new))
                .expectSuccess();
    }

    private String obscured() throws IOException {
        return client().run("obscure", PackagedServer.PASSWORD).expectSuccess().output().strip();
    }

    private ExternalClient client() {
        return ExternalClient.find(Tool.RCLONE).orElseThrow().in(folder).within(TIME_MAX);
    }
}
