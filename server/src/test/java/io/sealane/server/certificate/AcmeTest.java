package io.sealane.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.config.AcmeChallenge;
import io.sealane.config.AcmeConfig;
import io.sealane.config.CertificateConfig;
import io.sealane.config.CertificateName;
import io.sealane.config.CertificateSource;
import io.sealane.config.Ocsp;
import io.sealane.config.Sni;
import io.sealane.core.tls.JsseProvider;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.wire.ClientHello;
import io.sealane.server.certificate.AcmeAnswers.Pending;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// ACME without an authority; with one it is tried in conformance.
@Timeout(30)
final class AcmeTest {
    private static final String NAME = "ftp.example.com";
    private static final List<CertificateName> NAMES = List.of(new CertificateName(NAME));
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir private Path folder;

    private final AcmeAnswers answers = new AcmeAnswers();
    private final List<String> notes = new CopyOnWriteArrayList<>();

    private void note(Level level, String event, String message) {
        notes.add(level + " " + event + " " + message);
    }

    private static TlsIdentity challenge() throws IOException {
        return SelfSignedCertificate.challenge(NAME, new byte[32], Instant.now());
    }

    private static ClientHello hello(String name, String... protocols) {
        return new ClientHello(
                List.of(0x0304),
                List.of(0x1301),
                List.of(29),
                List.of(29),
                List.of(0x0403),
                Optional.of(name),
                List.of(protocols),
                Set.of());
    }

    @Test
    void only_an_authority_that_checks_a_pending_name_is_shown_the_challenge() throws Exception {
        try (Pending _ = answers.byTls(NAME, challenge())) {
            assertThat(answers.answer(hello("FTP.example.com", "acme-tls/1"))).isPresent();
            assertThat(answers.answer(hello(NAME, "acme-tls/1", "ftp"))).isEmpty();
            assertThat(answers.answer(hello(NAME, "ftp"))).isEmpty();
            assertThat(answers.answer(hello(NAME))).isEmpty();
            assertThat(answers.answer(hello("a.example.com", "acme-tls/1"))).isEmpty();
        }
        assertThat(answers.answer(hello(NAME, "acme-tls/1"))).isEmpty();
    }

    @Test
    void an_address_of_its_own_answers_while_a_challenge_is_pending() throws Exception {
        InetSocketAddress address = freeAddress();
        TlsIdentity challenge = challenge();
        try (Pending _ = answers.byTls(NAME, challenge, address);
                SSLSocket socket = connect(address)) {
            socket.startHandshake();
            assertThat(socket.getApplicationProtocol()).isEqualTo("acme-tls/1");
            assertThat(socket.getSession().getPeerCertificates()).containsExactly(challenge.leaf());
            assertThat(challenge.leaf().getCriticalExtensionOIDs()).contains("1.3.6.1.5.5.7.1.31");
        }
        assertThatThrownBy(() -> connect(address).close()).isInstanceOf(IOException.class);
    }

    /// They could keep an authority away until the certificate is over.
    @Test
    void who_connects_there_and_says_nothing_keeps_no_place_from_the_authority() throws Exception {
        InetSocketAddress address = freeAddress();
        List<SocketChannel> silent = new ArrayList<>();
        try (Pending _ = answers.byTls(NAME, challenge(), address)) {
            for (int i = 0; i < 40; i++) {
                silent.add(SocketChannel.open(address));
            }
            try (SSLSocket socket = connect(address)) {
                socket.startHandshake();
                assertThat(socket.getApplicationProtocol()).isEqualTo("acme-tls/1");
            }
        } finally {
            for (SocketChannel channel : silent) {
                channel.close();
            }
        }
    }

    @Test
    void http_answers_for_the_token_alone_and_while_it_is_pending() throws Exception {
        InetSocketAddress address = freeAddress();
        String url = "http://127.0.0.1:" + address.getPort() + "/.well-known/acme-challenge/";
        try (HttpClient http = HttpClient.newHttpClient()) {
            try (Pending _ = answers.byHttp("token", "token.thumbprint", address)) {
                assertThat(get(http, url + "token")).isEqualTo("200 token.thumbprint");
                assertThat(get(http, url + "other")).isEqualTo("404 ");
                assertThat(get(http, url)).isEqualTo("404 ");
            }
            assertThatThrownBy(() -> get(http, url + "token")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_start_without_the_authority_has_a_self_signed_certificate_and_an_alarm()
            throws Exception {
        AcmeConfig acme = unreachable();
        AcmeFiles files = AcmeFiles.in(folder.resolve("tls"));
        Path file = files.certificate(NAMES, acme);
        try (AcmeRenewals renewals =
                AcmeRenewals.start(
                        List.of(configured(acme)), files, InstantSource.system(), this::note)) {
            PemIdentity read = PemFiles.read(file, file, Instant.now());
            assertThat(CertificateNames.of(read.identity().leaf())).isEqualTo(NAMES);
            assertThat(Files.getPosixFilePermissions(file))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(notes.getFirst()).startsWith("WARNING acme-pending certificates[0]: self-");
            Instant end = Instant.now().plusSeconds(20);
            while (notes.stream()
                    .noneMatch(note -> note.startsWith("ERROR acme-failed certificates[0]: "))) {
                assertThat(Instant.now()).as(notes::toString).isBefore(end);
                Thread.onSpinWait();
            }
            assertThat(renewals.failure("certificates[0]"))
                    .hasValueSatisfying(
                            why -> assertThat(notes).anyMatch(note -> note.endsWith(why)));
            assertThat(renewals.failure("certificates[1]")).isEmpty();
        }
    }

    /// It has a third of its life left, so nothing but the log told of it for weeks.
    @Test
    void a_renewal_that_fails_is_in_the_status_while_the_certificate_is_good() throws Exception {
        AcmeConfig acme = unreachable();
        Path file = AcmeFiles.in(folder).certificate(NAMES, acme);
        Files.createDirectories(file.getParent());
        TlsIdentity issued =
                new TestAuthority("Acme").issue(KeyKind.RSA, Duration.ofDays(90), _ -> {}, NAME);
        TestAuthority.write(file, issued.key(), issued.leaf());
        Instant due = Instant.now().plus(Duration.ofDays(61));
        try (Certificates certificates =
                Certificates.open(
                        List.of(configured(acme)),
                        Sni.LENIENT,
                        JsseProvider::new,
                        folder,
                        InstantSource.fixed(due),
                        this::note)) {
            await(certificates, CertificateStatus.State.NOT_RENEWED);
            assertThat(certificates.status().getFirst().problems())
                    .anyMatch(problem -> problem.startsWith("acme-failed: "));

            TlsIdentity byHand =
                    new TestAuthority("Acme").issue(KeyKind.RSA, TestAuthority.YEAR, _ -> {}, NAME);
            TestAuthority.write(file, byHand.key(), byHand.leaf());
            await(certificates, CertificateStatus.State.GOOD);
            assertThat(certificates.status().getFirst().problems())
                    .noneMatch(problem -> problem.startsWith("acme-failed: "));
        }
    }

    private static void await(Certificates certificates, CertificateStatus.State expected) {
        Instant end = Instant.now().plusSeconds(20);
        CertificateStatus status = certificates.status().getFirst();
        while (status.state() != expected) {
            assertThat(Instant.now()).as(status::toString).isBefore(end);
            Thread.onSpinWait();
            status = certificates.status().getFirst();
        }
    }

    private static AcmeConfig unreachable() throws IOException {
        return new AcmeConfig(
                URI.create("https://127.0.0.1:" + freeAddress().getPort() + "/directory"),
                Optional.empty(),
                AcmeChallenge.HTTP_01,
                freeAddress(),
                Optional.empty(),
                Optional.empty());
    }

    private static CertificateConfig configured(AcmeConfig acme) {
        return new CertificateConfig(NAMES, new CertificateSource.Acme(acme), Ocsp.AUTO);
    }

    private static String get(HttpClient http, String url)
            throws IOException, InterruptedException {
        var response =
                http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static SSLSocket connect(InetSocketAddress address) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAll()}, null);
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(address.getAddress(), address.getPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"acme-tls/1"});
        parameters.setServerNames(List.of(new SNIHostName(NAME)));
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return new InetSocketAddress(LOOPBACK, socket.getLocalPort());
        }
    }

    /// The authority looks at what is in the certificate, and not at who signed it.
    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
