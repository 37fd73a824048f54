package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ProbeClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
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
    void a_closed_standard_input_holds_no_password() throws Exception {
        Run run =
                ExternalClient.at(SHELL)
                        .in(folder)
                        .environment("SEALANE_BUILD", "never")
                        .run(
                                "-c",
                                "exec \"$1\" user add eve --password-stdin <&-",
                                "sh",
                                PackagedServer.launcher().toString());
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.errors()).contains("the password is empty");
    }
}
