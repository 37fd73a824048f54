package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What `./sealane` shields Java from.
@Timeout(60)
final class LauncherTest {
    /// Java ends within some milliseconds of a signal.
    private static final int LOGINS = 50;

    private static final Path SHELL = Path.of("/bin/sh");

    @TempDir private Path folder;

    @Test
    void sighup_does_not_end_a_server_without_a_terminal() throws Exception {
        try (PackagedServer server = PackagedServer.start(folder, Settings.standard())) {
            ExternalClient.at(SHELL)
                    .run("-c", "kill -HUP \"$1\"", "sh", Long.toString(server.pid()))
                    .expectSuccess();
            InetSocketAddress address =
                    new InetSocketAddress(
                            InetAddress.ofLiteral("127.0.0.1"), server.port(Mode.PLAIN));
            for (int i = 0; i < LOGINS; i++) {
                try (ProbeClient client = ProbeClient.connect(address).expect(220)) {
                    client.login(PackagedServer.USER, PackagedServer.PASSWORD);
                    client.send("QUIT").expect(221);
                }
            }
        }
    }

    @Test
    void what_could_not_be_printed_is_no_success() throws Exception {
        Run run = shell("exec \"$1\" --version >/dev/full");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("standard output could not be written to");
    }

    /// A forgotten --config, say.
    @Test
    void who_only_asks_makes_no_accounts() throws Exception {
        for (String question :
                List.of("user list", "user show eve", "user disable eve", "tls-report")) {
            Run run = shell("exec \"$1\" " + question);
            assertThat(run.exitCode()).as(question).isEqualTo(1);
            assertThat(run.errors()).contains("there is no accounts database at ");
        }
        assertThat(folder).isEmptyDirectory();
    }

    /// As a service manager does that changes its mind.
    @Test
    void a_signal_while_the_server_starts_ends_it_in_order() throws Exception {
        // Its log is a pipe that nobody reads before the signal, and its first line a warning.
        Files.writeString(
                folder.resolve("sealane.yaml"), "listeners: [{ address: 0.0.0.0, mode: plain }]\n");
        Run run =
                shell(
                        "mkfifo log; \"$1\" serve 2>log & server=$!; exec 3<log; read line <&3;"
                                + " kill -TERM $server; wait $server; echo \"$? $line\"");
        assertThat(run.output()).startsWith("0 ").contains("config-doubtful");
    }

    /// Java's cache cannot hold its classes: to load them is a sixth of a start.
    @Test
    void a_server_starts_without_the_command_lines_library() throws Exception {
        assertThat(classesOfARefusedStart())
                .contains("io.sealane.config.ConfigLoader ")
                .doesNotContain("picocli.");
    }

    /// The build has the server serve, and Java loads all at once what its cache knows of that.
    @Test
    void a_server_finds_in_its_cache_what_serving_takes() throws Exception {
        assertThat(classesOfARefusedStart())
                .containsPattern("io\\.sealane\\..*\\.AsciiConversion source: shared objects file");
    }

    private String classesOfARefusedStart() throws IOException {
        Files.writeString(folder.resolve("refused.yaml"), "no-such-key: 1\n");
        Run run =
                shell(
                        "SEALANE_JAVA_OPTS=-Xlog:class+load:file=classes"
                                + " exec \"$1\" serve --config refused.yaml");
        assertThat(run.errors()).contains("no-such-key");
        return Files.readString(folder.resolve("classes"));
    }

    private Run shell(String script) throws IOException {
        return ExternalClient.at(SHELL)
                .in(folder)
                .environment("SEALANE_BUILD", "never")
                .run("-c", script, "sh", PackagedServer.launcher().toString());
    }

    @Test
    void a_closed_standard_input_holds_no_password() throws Exception {
        Run run = shell("exec \"$1\" user add eve --password-stdin <&-");
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.errors()).contains("the password is empty");
    }
}
