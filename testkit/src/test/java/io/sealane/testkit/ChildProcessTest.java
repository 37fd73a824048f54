package io.sealane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ChildProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Path SHELL = Path.of("/bin/sh");

    @TempDir private Path folder;

    @Test
    void a_server_is_awaited_and_terminated() throws Exception {
        String script = "echo ready $PORT >&2; exec sleep 60";
        try (ServerProcess server =
                ServerProcess.command("/bin/sh", "-c", script)
                        .environment("PORT", "2121")
                        .folder(folder)
                        .start()) {
            assertThat(server.awaitLine("^ready (\\d+)", PATIENCE).group(1)).isEqualTo("2121");
            assertThat(server.exitCode()).isEmpty();
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void a_server_that_ends_shows_what_it_printed() throws Exception {
        try (ServerProcess server =
                ServerProcess.command("/bin/sh", "-c", "echo no port; exit 1").start()) {
            assertThatThrownBy(() -> server.awaitLine("^ready", PATIENCE))
                    .isInstanceOf(ProbeTimeout.class)
                    .hasMessageContaining("no port");
            assertThat(server.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(server.lines()).containsExactly("no port");
        }
    }

    @Test
    void term_and_kill_end_a_server() throws Exception {
        try (ServerProcess first = ServerProcess.command("sleep", "60").start();
                ServerProcess second = ServerProcess.command("sleep", "60").start()) {
            assertThat(first.terminate(PATIENCE)).isEqualTo(128 + 15);
            assertThat(second.kill()).isEqualTo(128 + 9);
            assertThat(second.exitCode()).hasValue(128 + 9);
        }
    }

    @Test
    void a_server_that_crashed_fails_its_test() throws Exception {
        ServerProcess server =
                ServerProcess.command("/bin/sh", "-c", "echo so far; kill -ABRT $$").start();

        assertThat(server.awaitExit(PATIENCE)).isEqualTo(128 + 6);
        assertThatThrownBy(server::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("so far");
    }

    @Test
    void a_client_is_run_in_its_folder_with_its_input() throws Exception {
        ExternalClient.Run run =
                ExternalClient.at(SHELL)
                        .in(folder)
                        .input("hello")
                        .run("-c", "cat; echo \"$HOME\"; echo oops >&2; exit 4");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.output()).isEqualTo("hello" + folder + "\n");
        assertThat(run.errors()).isEqualTo("oops\n");
        assertThatThrownBy(run::expectSuccess).hasMessageContaining("oops");
    }

    @Test
    void a_client_that_hangs_is_killed() {
        ExternalClient client = ExternalClient.at(SHELL).within(Duration.ofMillis(300));

        assertThatThrownBy(() -> client.run("-c", "echo so far; exec sleep 60"))
                .isInstanceOf(ProbeTimeout.class)
                .hasMessageContaining("so far");
    }

    @Test
    void a_tool_is_found_on_the_search_path_only_if_it_can_be_run() throws Exception {
        Path curl = Files.createFile(folder.resolve("curl"));
        assertThat(ExternalClient.find(ExternalClient.Tool.CURL, folder.toString())).isEmpty();

        assertThat(curl.toFile().setExecutable(true)).isTrue();
        assertThat(ExternalClient.find(ExternalClient.Tool.CURL, ":" + folder)).isPresent();
    }
}
