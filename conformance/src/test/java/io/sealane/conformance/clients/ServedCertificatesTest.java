package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.Ending;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ExternalClient.Tool;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeTls;
import io.sealane.testkit.Resumption;
import io.sealane.testkit.Transfer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which certificate a client gets, and what happens when it is renewed under way.
@Timeout(120)
final class ServedCertificatesTest {
    private static final Pattern SUBJECT = Pattern.compile("subject=CN ?= ?(\\S+)");
    private static final Pattern CERTIFICATE = Pattern.compile("BEGIN CERTIFICATE");
    private static final Duration RENEWAL_PATIENCE = Duration.ofSeconds(5);

    @TempDir private Path folder;

    private PackagedServer start(String provider, String... certificates)
            throws IOException, InterruptedException {
        StringBuilder entries = new StringBuilder("certificates:\n");
        for (String name : certificates) {
            entries.append("  - { chain: %s.pem, key: %s.key }\n".formatted(name, name));
        }
        return PackagedServer.start(
                folder, Settings.standard().provider(provider).more(entries.toString()));
    }

    private static InetSocketAddress address(PackagedServer server, Mode mode) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port(mode));
    }

    /// Two hosts, each with two kinds of key, asked for by name, by another name, by an address and
    /// not at all, by clients that understand ECDSA and by those that do not. What decides is above
    /// the TLS libraries; each is asked by both versions.
    @ParameterizedTest
    @CsvSource({"boringssl, -tls1_3, -tls1_2", "jsse, -tls1_2, -tls1_3"})
    @Needs(Tool.OPENSSL)
    void name_and_signatures_decide_over_the_certificate(
            String provider, String version, String otherVersion) throws Exception {
        Issuer issuer = Issuer.in(folder);
        issuer.issue("a-rsa", Issuer.Key.RSA, "a.example.com");
        issuer.issue("a-ec", Issuer.Key.EC, "a.example.com");
        issuer.issue("b-rsa", Issuer.Key.RSA, "*.example.org");
        issuer.issue("b-ec", Issuer.Key.EC, "*.example.org");
        try (PackagedServer server = start(provider, "a-rsa", "a-ec", "b-rsa", "b-ec")) {
            for (String name :
                    List.of("a.example.com", "", "unknown.example.net", "127.0.0.1", "::1")) {
                assertServed(server, version, name, "a");
            }
            assertServed(server, version, "b.example.org", "b");
            assertServed(server, otherVersion, "b.example.org", "b");
        }
    }

    private void assertServed(PackagedServer server, String version, String name, String host)
            throws IOException {
        assertThat(subject(ask(server, version, name, "ECDSA+SHA256:RSA-PSS+SHA256")))
                .as(version + " " + name)
                .isEqualTo(host + "-ec");
        assertThat(subject(ask(server, version, name, "RSA-PSS+SHA256:RSA+SHA256")))
                .as(version + " " + name + " without ECDSA")
                .isEqualTo(host + "-rsa");
    }

    private static String subject(Run run) {
        assertThat(CERTIFICATE.matcher(run.output()).results().count())
                .as(run.output() + run.errors())
                .isEqualTo(2);
        Matcher subject = SUBJECT.matcher(run.output());
        assertThat(subject.find()).isTrue();
        return subject.group(1);
    }

    private Run ask(PackagedServer server, String version, String name, String signatures)
            throws IOException {
        return name.isEmpty()
                ? connect(server, version, "-sigalgs", signatures, "-noservername")
                : connect(server, version, "-sigalgs", signatures, "-servername", name);
    }

    private Run connect(PackagedServer server, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + server.port(Mode.IMPLICIT),
                                "-showcerts"));
        command.addAll(List.of(options));
        return ExternalClient.find(Tool.OPENSSL)
                .orElseThrow()
                .in(folder)
                .run(command.toArray(String[]::new));
    }

    @Test
    @Needs(Tool.OPENSSL)
    void a_strict_server_refuses_unknown_names_by_an_alert() throws Exception {
        Issuer.in(folder).issue("a", Issuer.Key.EC, "a.example.com");
        String signatures = "ECDSA+SHA256:RSA-PSS+SHA256";
        try (PackagedServer server =
                PackagedServer.start(
                        folder,
                        Settings.standard()
                                .tls("sni: strict")
                                .more("certificates: [{ chain: a.pem, key: a.key }]\n"))) {
            Run refused = ask(server, "-tls1_3", "unknown.example.net", signatures);
            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.errors()).contains("unrecognized name");
            server.awaitLog("handshake-failed .*no certificate for unknown.example.net");
            for (String name : List.of("A.example.com", "", "::1")) {
                assertThat(subject(ask(server, "-tls1_3", name, signatures))).isEqualTo("a");
            }
        }
    }

    @Test
    @Needs(Tool.OPENSSL)
    void a_client_that_asks_is_given_the_authoritys_word() throws Exception {
        Issuer issuer = Issuer.in(folder);
        HttpServer responder = ocspResponder(issuer);
        try {
            int port = responder.getAddress().getPort();
            issuer.issue(
                    "a",
                    Issuer.Key.EC,
                    "a.example.com",
                    "authorityInfoAccess=OCSP;URI:http://127.0.0.1:" + port + "/",
                    "tlsfeature=status_request");
            try (PackagedServer server = start("boringssl", "a")) {
                server.awaitLog("INFO ocsp-stapled .*certificates\\[0\\]: good");
                for (String version : List.of("-tls1_2", "-tls1_3")) {
                    assertThat(connect(server, version, "-status").output())
                            .contains("OCSP Response Status: successful", "Cert Status: good");
                    assertThat(connect(server, version).output()).doesNotContain("OCSP Resp");
                }
            }
        } finally {
            responder.stop(0);
        }
    }

    private HttpServer ocspResponder(Issuer issuer) throws IOException {
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        http.createContext(
                "/",
                exchange -> {
                    byte[] answer =
                            issuer.ocsp(exchange.getRequestBody().readAllBytes(), serial(issuer));
                    exchange.sendResponseHeaders(200, answer.length);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(answer);
                    }
                });
        http.start();
        return http;
    }

    private static String serial(Issuer issuer) throws IOException {
        try (InputStream chain = Files.newInputStream(issuer.chain("a"))) {
            X509Certificate leaf =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(chain);
            String digits = leaf.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
            return digits.length() % 2 == 0 ? digits : "0" + digits;
        } catch (CertificateException failed) {
            throw new IOException(failed);
        }
    }

    /// A large upload is under way, new files come, and its session's data connections go on
    /// resuming, while new sessions get the new certificate. Then comes a key that fits nothing.
    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jsse"})
    @Needs(Tool.OPENSSL)
    void a_renewal_under_way_costs_no_session_anything(String provider) throws Exception {
        Issuer issuer = Issuer.in(folder);
        issuer.issue("a", Issuer.Key.EC, "a.example.com");
        issuer.issue("b", Issuer.Key.EC, "a.example.com");
        issuer.issue("c", Issuer.Key.EC, "a.example.com");
        try (PackagedServer server = start(provider, "a");
                ProbeClient client = ProbeClient.connect(address(server, Mode.BOUND))) {
            client.expect(220)
                    .startTls()
                    .login(PackagedServer.USER, PackagedServer.PASSWORD)
                    .protect();
            byte[] half = new byte[4 << 20];
            InputStream renewing =
                    new SequenceInputStream(
                            new ByteArrayInputStream(half),
                            new SequenceInputStream(
                                    new InputStream() {
                                        @Override
                                        public int read() throws IOException {
                                            renew(server, issuer);
                                            return -1;
                                        }

                                        @Override
                                        public int read(byte[] target, int offset, int length)
                                                throws IOException {
                                            return read();
                                        }
                                    },
                                    new ByteArrayInputStream(half)));
            Transfer large = client.upload("STOR large", renewing, Ending.ORDERLY);
            large.expect(150, 226).expectTls(Resumption.RESUMED);
            for (int i = 0; i < 10; i++) {
                client.upload("STOR small", new byte[] {1})
                        .expect(150, 226)
                        .expectTls(Resumption.RESUMED);
            }
            Files.copy(issuer.key("c"), issuer.key("a"), StandardCopyOption.REPLACE_EXISTING);
            server.awaitLog("ERROR certificate-not-renewed .*belongs to no certificate");
            assertThat(served(server)).isEqualTo("CN=b");
        }
    }

    private static void renew(PackagedServer server, Issuer issuer) throws IOException {
        Files.move(issuer.key("b"), issuer.key("a"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(issuer.chain("b"), issuer.chain("a"), StandardCopyOption.REPLACE_EXISTING);
        Await.until("the new certificate", RENEWAL_PATIENCE, () -> served(server).equals("CN=b"));
    }

    private static String served(PackagedServer server) throws IOException {
        try (ProbeClient other = ProbeClient.implicit(address(server, Mode.IMPLICIT))) {
            X509Certificate leaf =
                    (X509Certificate) ((ProbeTls) other.stream()).peerCertificates().getFirst();
            return leaf.getSubjectX500Principal().getName();
        }
    }
}
