package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ExternalClient.Tool;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.RandomBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One address, two hosts: certificate, accounts and files of each, for a client that knows nothing
/// of HOST and for one that does.
@Timeout(60)
final class HostsTest {
    private static final String MAIN = "main.example.com";
    private static final String ACME = "ftp.acme.example";
    private static final String ACME_PASSWORD = "another one";
    private static final RandomBytes CONTENT = new RandomBytes(1, 100_000);

    /// curl's exit code where the server refuses a login.
    private static final int LOGIN_DENIED = 67;

    @TempDir private Path folder;

    @Test
    @Needs({Tool.CURL, Tool.OPENSSL})
    void the_name_a_client_was_given_decides_over_all_it_meets() throws Exception {
        Issuer issuer = Issuer.in(folder);
        issuer.issue("main", Issuer.Key.EC, MAIN);
        issuer.issue("acme", Issuer.Key.EC, ACME);
        Content.write(folder.resolve("up.bin"), CONTENT);
        try (PackagedServer server = PackagedServer.start(folder, settings())) {
            server.sealane(
                            ACME_PASSWORD + "\n",
                            "user",
                            "add",
                            PackagedServer.USER + "@acme",
                            "--password-stdin")
                    .expectSuccess();
            Path ofAcme = folder.resolve("acme").resolve(PackagedServer.USER + "@acme");
            Files.createDirectories(ofAcme);

            upload(server, ACME, ACME_PASSWORD).expectSuccess();
            Content.assertSame(ofAcme.resolve("up.bin"), CONTENT);
            assertThat(server.home().resolve("up.bin")).doesNotExist();

            assertThat(upload(server, ACME, PackagedServer.PASSWORD).exitCode())
                    .isEqualTo(LOGIN_DENIED);
            assertThat(upload(server, MAIN, ACME_PASSWORD).exitCode()).isEqualTo(LOGIN_DENIED);

            upload(server, MAIN, PackagedServer.PASSWORD).expectSuccess();
            Content.assertSame(server.home().resolve("up.bin"), CONTENT);

            assertThat(downloadedBehindHost(server)).isEqualTo(CONTENT.toArray());
        }
    }

    private static Settings settings() {
        return Settings.standard()
                .more(
                        """
                        certificates:
                          - { chain: main.pem, key: main.key }
                          - { chain: acme.pem, key: acme.key }
                        hosts:
                          - names: [%s]
                            realm: acme
                            mounts: [{ path: /, local: "acme/{user}" }]
                        """
                                .formatted(ACME));
    }

    private Run upload(PackagedServer server, String host, String password) throws IOException {
        int port = server.port(Mode.EXPLICIT);
        return ExternalClient.find(Tool.CURL)
                .orElseThrow()
                .in(folder)
                .run(
                        "--silent",
                        "--show-error",
                        "--ssl-reqd",
                        "--cacert",
                        "ca.pem",
                        "--resolve",
                        host + ":" + port + ":127.0.0.1",
                        "--user",
                        PackagedServer.USER + ":" + password,
                        "--upload-file",
                        "up.bin",
                        "ftp://" + host + ":" + port + "/");
    }

    private static byte[] downloadedBehindHost(PackagedServer server) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(
                        InetAddress.ofLiteral("127.0.0.1"), server.port(Mode.EXPLICIT));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ProbeClient client = ProbeClient.connect(address).expect(220).startTls()) {
            client.send("HOST " + ACME).expect(220);
            client.login(PackagedServer.USER, ACME_PASSWORD).protect().send("TYPE I").expect(200);
            client.download("RETR up.bin", content).expect(150, 226);
        }
        return content.toByteArray();
    }
}
