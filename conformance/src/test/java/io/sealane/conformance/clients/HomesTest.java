package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.Ending;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ProbeClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// No account's home leads to the accounts or to a private key, whether it says so or becomes a
/// link.
@Timeout(60)
final class HomesTest {
    private static final String PASSWORD = "a password";

    @TempDir private Path folder;

    @Test
    void a_home_that_holds_secrets_is_not_taken() throws Exception {
        try (PackagedServer server = PackagedServer.start(folder, Settings.standard())) {
            for (String home : new String[] {"data", "data/tls", "."}) {
                Run run = add(server, "eve", folder.resolve(home));
                assertThat(run.exitCode()).as("%s", home).isNotZero();
                assertThat(run.errors()).contains("which clients must not");
            }
            add(server, "eve", folder.resolve("homes/eve")).expectSuccess();
        }
    }

    @Test
    void a_home_can_be_changed_and_given_up() throws Exception {
        try (PackagedServer server = PackagedServer.start(folder, Settings.standard())) {
            add(server, "eve", folder.resolve("homes/eve")).expectSuccess();
            Path other = Files.createDirectories(folder.resolve("homes/other"));
            Files.createFile(other.resolve("here"));

            assertThat(home(server, folder.resolve("data")).exitCode()).isNotZero();
            home(server, other).expectSuccess();
            try (ProbeClient client = plain(server)) {
                client.login("eve", PASSWORD).send("MDTM here").expect(213);
            }

            for (String[] wrong :
                    new String[][] {
                        {"user", "home", "eve"},
                        {"user", "home", "eve", ""},
                        {"user", "home", "nobody", "--mounts"}
                    }) {
                assertThat(server.sealane("", wrong).exitCode()).isNotZero();
            }
            server.sealane("", "user", "home", "eve", "--mounts").expectSuccess();
            try (ProbeClient client = plain(server)) {
                client.login("eve", PASSWORD).send("MDTM here").expect(550);
            }
        }
    }

    @Test
    void a_home_that_became_a_link_to_secrets_is_not_opened() throws Exception {
        try (PackagedServer server = PackagedServer.start(folder, Settings.standard())) {
            Path home = folder.resolve("homes/eve");
            add(server, "eve", home).expectSuccess();
            Files.createDirectories(home.getParent());
            Files.createSymbolicLink(home, folder.resolve("data"));
            try (ProbeClient client = plain(server)) {
                client.send("USER eve").expect(331);
                client.send("PASS " + PASSWORD).expect(421).awaitEnd();
            }
            server.awaitLog("storage-failed .*which clients must not");

            Files.delete(home);
            try (ProbeClient client = plain(server)) {
                client.login("eve", PASSWORD);
                Files.move(home, home.resolveSibling("was"));
                Files.createSymbolicLink(home, folder.resolve("data"));
                client.send("SIZE sealane.db").expect(451);
                client.send("RMD .").expect(550);
            }
        }
    }

    @Test
    void an_account_that_gets_the_name_of_another_gets_nothing_of_its_uploads() throws Exception {
        try (PackagedServer server = PackagedServer.start(folder, Settings.standard())) {
            Path home = folder.resolve("homes/eve");
            add(server, "eve", home).expectSuccess();
            try (ProbeClient client = plain(server)) {
                client.login("eve", PASSWORD).send("TYPE I").expect(200);
                ByteArrayInputStream cut = new ByteArrayInputStream(new byte[24]);
                client.upload("STOR report", cut, Ending.RESET).expect(150, 426);
                client.send("SIZE report").expect(213, "24");
            }
            server.sealane("", "user", "remove", "eve").expectSuccess();
            add(server, "eve", home).expectSuccess();
            try (ProbeClient client = plain(server)) {
                client.login("eve", PASSWORD).send("TYPE I").expect(200);
                client.send("SIZE report").expect(550);
                client.upload("APPE report", new byte[1]).expect(150, 226);
                client.send("SIZE report").expect(213, "1");
            }
        }
    }

    private static Run add(PackagedServer server, String name, Path home) throws IOException {
        return server.sealane(
                PASSWORD + "\n",
                "user",
                "add",
                name,
                "--password-stdin",
                "--home",
                home.toString());
    }

    private static Run home(PackagedServer server, Path home) throws IOException {
        return server.sealane("", "user", "home", "eve", home.toString());
    }

    private static ProbeClient plain(PackagedServer server) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port(Mode.PLAIN));
        return ProbeClient.connect(address).expect(220);
    }
}
