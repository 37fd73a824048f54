package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.ExternalClient.Tool;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Certificates of an ACME authority that really checks.
@Timeout(120)
final class AcmeTest {
    private static final Duration TAKEN_PATIENCE = Duration.ofSeconds(5);

    @TempDir private Path folder;

    private PackagedServer start(Settings settings, Pebble pebble, String... challenge)
            throws IOException, InterruptedException {
        return PackagedServer.start(
                folder,
                settings.more(
                        """
                        certificates:
                          - names: [ftp.example.test, files.example.test]
                            acme:
                              directory: %s
                              contact: mailto:admin@example.test
                              terms-agreed: true
                              trust: ca.pem
                              %s
                        """
                                .formatted(
                                        pebble.directory(), String.join("\n      ", challenge))));
    }

    @Test
    @Needs({Tool.PEBBLE, Tool.OPENSSL})
    void a_file_proves_the_names_and_what_was_issued_is_kept() throws Exception {
        try (HeldPort port = HeldPort.take();
                Pebble pebble = Pebble.start(Issuer.in(folder), port.number(), 1)) {
            String challenge = "http-address: 127.0.0.1:" + port.number();
            try (PackagedServer server = start(Settings.standard(), pebble, challenge)) {
                server.awaitLog("WARNING acme-pending .*self-signed until https://localhost");
                awaitIssued(server);
            }
            for (Path secret : secrets()) {
                assertThat(Files.getPosixFilePermissions(secret))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
            try (PackagedServer again = start(Settings.standard(), pebble, challenge)) {
                assertThat(issuer(again)).startsWith("CN=Pebble Intermediate");
                assertThat(again.log()).noneMatch(line -> line.contains(" acme-"));
            }
        }
    }

    @Test
    @Needs({Tool.PEBBLE, Tool.OPENSSL})
    void a_listener_shows_the_challenges_certificate_to_the_authority_alone() throws Exception {
        try (HeldPort port = HeldPort.take();
                Pebble pebble = Pebble.start(Issuer.in(folder), 1, port.number());
                PackagedServer server =
                        start(
                                Settings.standard().implicitPort(port.number()),
                                pebble,
                                "challenge: tls-alpn-01")) {
            awaitIssued(server);
        }
    }

    private static void awaitIssued(PackagedServer server)
            throws IOException, InterruptedException {
        server.awaitLog("INFO acme-issued ", Duration.ofSeconds(20));
        Await.until(
                "the issued certificate",
                TAKEN_PATIENCE,
                () -> issuer(server).startsWith("CN=Pebble Intermediate"));
    }

    private List<Path> secrets() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("data").resolve("tls").resolve("acme"))) {
            List<Path> found = all.toList();
            assertThat(found).hasSize(2);
            return found;
        }
    }

    private static String issuer(PackagedServer server) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(
                        InetAddress.ofLiteral("127.0.0.1"), server.port(Mode.IMPLICIT));
        try (ProbeClient client = ProbeClient.implicit(address)) {
            X509Certificate leaf =
                    (X509Certificate) ((ProbeTls) client.stream()).peerCertificates().getFirst();
            return leaf.getIssuerX500Principal().getName();
        }
    }
}
