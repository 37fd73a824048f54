package io.sealane.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(30)
final class DoctorCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://127.0.0.1/",
                "127.0.0.1 --ports 0",
                "127.0.0.1 --ports 21,x",
                "127.0.0.1 --mode both",
                "127.0.0.1 --timeout 0s",
                "127.0.0.1 --timeout 10",
                "127.0.0.1 --trust no-such-file.pem",
                "127.0.0.1 --write",
                "127.0.0.1 --folder in",
                "127.0.0.1 --password-stdin",
                "127.0.0.1 --user ann --folder in"
            })
    void wrong_usage_is_told_and_ends_with_2(String arguments) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: doctor");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void where_nothing_answers_it_ends_with_4() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertThat(run("127.0.0.1:" + port, "--timeout", "2s")).isEqualTo(4);
        assertThat(out.toString()).contains("serious  nothing-answers: " + port);
        assertThat(run("127.0.0.1:" + port, "--timeout", "2s", "--json")).isEqualTo(4);
        assertThat(out.toString()).contains("\"exit-code\":4", "\"id\":\"nothing-answers\"");
    }

    private int run(String... arguments) {
        return new CommandLine(new DoctorCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
