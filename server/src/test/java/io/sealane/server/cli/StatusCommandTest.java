package io.sealane.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.server.status.ServerStatus;
import io.sealane.server.status.StatusEndpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(30)
final class StatusCommandTest {
    private static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final ServerStatus STATUS =
            new ServerStatus(Instant.EPOCH, Instant.EPOCH, "jsse", 3, List.of(), List.of());

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void it_prints_what_the_server_says() throws IOException {
        try (StatusEndpoint endpoint = StatusEndpoint.start(ANY_PORT, () -> STATUS)) {
            int port = endpoint.address().getPort();
            assertThat(status(port)).isZero();
            assertThat(out.toString()).contains("sessions: 3\n");
            assertThat(status(port, "--json")).isZero();
            assertThat(out.toString()).contains("\"sessions\":3");
        }
    }

    @Test
    void where_no_server_answers_it_fails_and_says_where_it_asked() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket()) {
            free.bind(ANY_PORT);
            port = free.getLocalPort();
        }
        assertThat(status(port)).isEqualTo(1);
        assertThat(err.toString()).contains("no server answers at 127.0.0.1:" + port);
    }

    @Test
    void a_port_that_the_system_chooses_cannot_be_found() throws IOException {
        assertThat(status(0)).isEqualTo(1);
        assertThat(err.toString()).contains("admin.address has port 0");
    }

    private int status(int port, String... options) throws IOException {
        String yaml = "admin: { address: \"127.0.0.1:" + port + "\" }\npassive: { ports: 0 }\n";
        Path file = Files.writeString(folder.resolve("sealane.yaml"), yaml);
        CommandLine line = new CommandLine(new StatusCommand());
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        line.setExecutionExceptionHandler((failure, _, _) -> {
            err.append(failure.getMessage());
            return 1;
        });
        String[] all = new String[options.length + 2];
        all[0] = "--config";
        all[1] = file.toString();
        System.arraycopy(options, 0, all, 2, options.length);
        return line.execute(all);
    }
}
