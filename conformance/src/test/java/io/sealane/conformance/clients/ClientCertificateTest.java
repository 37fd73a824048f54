package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ExternalClient.Tool;
import io.sealane.testkit.TestAuthority;
import io.sealane.testkit.TestAuthority.Spec;
import io.sealane.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real clients that show a certificate, or none, where one is required and enough to log in.
@Timeout(60)
final class ClientCertificateTest {
    private static final TestAuthority ROOT = TestAuthority.root("CN=Clients");
    private static final TestCertificate ANN =
            ROOT.authority("CN=Below").issue(Spec.of("CN=" + PackagedServer.USER));
    private static final TestCertificate GONE = ROOT.issue(Spec.of("CN=gone"));

    private static final String KNOWN =
            "{ name: known, ports: [0], address: \"::\", tls: { client-certificate: required } }";

    private static @Nullable PackagedServer running;
    private static Path files = Path.of("");

    @TempDir private Path folder;

    @BeforeAll
    static void start(@TempDir Path place) throws Exception {
        files = Files.createDirectory(place.resolve("clients"));
        ROOT.writeCertificate(files.resolve("roots.pem"));
        for (var client : List.of(ANN, GONE)) {
            String name = client == ANN ? "ann" : "gone";
            client.writeChain(files.resolve(name + ".pem"));
            client.writeKey(files.resolve(name + ".key"));
        }
        running =
                PackagedServer.start(
                        place,
                        Settings.standard()
                                .listener(KNOWN)
                                .more(
                                        "client-certificates: { trust: clients/roots.pem, user:"
                                                + " subject-cn, password: not-needed }\n"));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(running)
                .ifPresent(server -> {
                    server.close();
                    assertThat(server.defects()).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLEAR")
    @Needs(Tool.CURL)
    void curl_logs_in_by_its_certificate_and_every_transfer_resumes(Protection protection)
            throws Exception {
        String remote = server().newFolder("certified");
        Files.writeString(folder.resolve("small"), "mine");
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            arguments.addAll(List.of("--upload-file", "small", url(remote + "/copy-" + i)));
        }
        arguments.addAll(shown("ann"));
        Run run = curl(protection, arguments).expectSuccess();
        assertThat(run.errors()).contains("< 232 ").doesNotContain("> PASS");
        assertThat(server().awaitMoved("/" + remote, 3))
                .hasSize(3)
                .allMatch(MovedLine::isComplete)
                .allMatch(MovedLine::resumed);
        server().awaitLogged("control-secured .*client-subject=\"?CN=ann\"?.*client-fingerprint=");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLEAR")
    @Needs(Tool.CURL)
    void curl_without_a_certificate_stays_out(Protection protection) throws Exception {
        Run run = curl(protection, List.of(url("")));
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.errors()).doesNotContain("< 230");
        server().awaitLogged("handshake-failed .*client-certificate-missing");
    }

    @Test
    @Needs(Tool.CURL)
    void a_certificate_of_another_user_does_not_do() throws Exception {
        List<String> arguments = new ArrayList<>(shown("gone"));
        arguments.add(url(""));
        Run run = curl(Protection.TLS_1_3, arguments);
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.errors()).contains("< 530 Login incorrect.");
        server().awaitLogged("login-refused .*user=ann .*reason=certificate-of-another");
    }

    @Test
    @Needs(Tool.PYTHON)
    void ftplib_shows_it_on_each_data_connection() throws Exception {
        String remote = server().newFolder("ftplib-certified");
        Run run =
                ExternalClient.find(Tool.PYTHON)
                        .orElseThrow()
                        .in(folder)
                        .run(
                                "-B",
                                ClientScript.resource("ftplib_certificate.py").toString(),
                                "127.0.0.1",
                                Integer.toString(server().port("known")),
                                server().certificate().toString(),
                                files.resolve("ann.pem").toString(),
                                files.resolve("ann.key").toString(),
                                PackagedServer.USER,
                                remote)
                        .expectSuccess();
        assertThat(run.output().lines()).containsExactly("232", "from-python", "mine");
        assertThat(server().awaitMoved("/" + remote, 3)).noneMatch(MovedLine::resumed);
    }

    /// OpenSSL signs with what the server says it takes, and BoringSSL says SHA-1 too.
    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jsse"})
    @Needs(Tool.OPENSSL)
    void a_signature_with_sha_1_proves_nothing(String provider) throws Exception {
        Issuer issuer = Issuer.in(folder);
        issuer.issue("ann", Issuer.Key.RSA, "ann.example.com");
        try (PackagedServer server =
                PackagedServer.start(
                        folder,
                        Settings.standard()
                                .provider(provider)
                                .listener(KNOWN)
                                .more("client-certificates: { trust: ca.pem }\n"))) {
            assertThat(sign(server, "RSA+SHA256").output()).contains("Verify return code");
            server.awaitLog("control-secured .*client-subject=\"?CN=ann\"?");
            assertThat(sign(server, "RSA+SHA1").exitCode()).isNotZero();
            server.awaitLog("handshake-failed .*reason=" + weak(provider));
        }
    }

    /// JSSE does not say so, and the client then shows no certificate.
    private static String weak(String provider) {
        return provider.equals("jsse") ? "client-certificate-missing" : "client-signature-weak";
    }

    private Run sign(PackagedServer server, String signature) throws IOException {
        return ExternalClient.find(Tool.OPENSSL)
                .orElseThrow()
                .in(folder)
                .run(
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + server.port("known"),
                        "-starttls",
                        "ftp",
                        "-tls1_2",
                        "-cipher",
                        "DEFAULT:@SECLEVEL=0",
                        "-client_sigalgs",
                        signature,
                        "-cert",
                        "ann.pem",
                        "-key",
                        "ann.key");
    }

    private static PackagedServer server() {
        return Optional.ofNullable(running).orElseThrow();
    }

    private static String url(String path) {
        return "ftp://127.0.0.1:" + server().port("known") + "/" + path;
    }

    private static List<String> shown(String name) {
        return List.of(
                "--cert",
                files.resolve(name + ".pem").toString(),
                "--key",
                files.resolve(name + ".key").toString());
    }

    private Run curl(Protection protection, List<String> more) throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--silent",
                                "--show-error",
                                "--verbose",
                                "--ssl-reqd",
                                "--max-time",
                                "30",
                                "--user",
                                PackagedServer.USER + ":anything",
                                "--cacert",
                                server().certificate().toString()));
        arguments.addAll(
                protection == Protection.TLS_1_2
                        ? List.of("--tls-max", "1.2")
                        : List.of("--tlsv1.3"));
        arguments.addAll(more);
        return ExternalClient.find(Tool.CURL)
                .orElseThrow()
                .in(folder)
                .run(arguments.toArray(String[]::new));
    }
}
