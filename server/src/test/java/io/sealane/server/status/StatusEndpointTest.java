package io.sealane.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.server.FtpServer.BoundPort;
import io.sealane.core.tls.ListenerMode;
import io.sealane.server.certificate.CertificateStatus;
import io.sealane.server.certificate.KeyKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusEndpointTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final CertificateStatus CERTIFICATE =
            new CertificateStatus(
                    "certificates[0]",
                    List.of("ftp.example.com", "files.example.com"),
                    "CN=ftp.example.com",
                    "CN=\"Some\" authority",
                    "1f",
                    KeyKind.RSA,
                    Instant.parse("2026-11-01T00:00:00Z"),
                    Instant.parse("2026-12-11T12:00:00Z"),
                    "/etc/sealane/chain.pem",
                    CertificateStatus.State.EXPIRING,
                    List.of("the key does not belong to the chain"));
    private static final ServerStatus STATUS =
            new ServerStatus(
                    Instant.parse("2026-12-01T12:00:00Z"),
                    Instant.parse("2026-11-29T06:00:00.5Z"),
                    "boringssl",
                    7,
                    List.of(
                            new BoundPort(
                                    "main",
                                    ListenerMode.EXPLICIT,
                                    new InetSocketAddress(LOOPBACK, 21))),
                    List.of(CERTIFICATE));

    private StatusEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = StatusEndpoint.start(new InetSocketAddress(LOOPBACK, 0), () -> STATUS);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void people_read_lines() throws IOException {
        assertThat(get("/status"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith(
                        """
                        running since 2026-11-29T06:00:00Z, for 2 days
                        TLS: boringssl
                        sessions: 7
                        listener main: explicit on 127.0.0.1:21
                        certificate certificates[0]: expiring, RSA, for ftp.example.com\
                         files.example.com, until 2026-12-11T12:00:00Z (10 days),\
                         /etc/sealane/chain.pem
                          the key does not belong to the chain
                        """);
    }

    @Test
    void machines_read_json() throws IOException {
        assertThat(get("/status.json"))
                .contains("Content-type: application/json")
                .contains("\"sessions\":7")
                .contains(
                        "{\"listener\":\"main\",\"mode\":\"explicit\","
                                + "\"address\":\"127.0.0.1:21\"}")
                .contains("\"names\":[\"ftp.example.com\",\"files.example.com\"]")
                .contains("\"issuer\":\"CN=\\\"Some\\\" authority\"")
                .contains("\"notAfter\":\"2026-12-11T12:00:00Z\"")
                .contains("\"state\":\"expiring\"");
    }

    @Test
    void monitoring_reads_when_each_certificate_ends() throws IOException {
        assertThat(get("/metrics"))
                .contains("version=0.0.4")
                .contains("\nsealane_sessions 7\n")
                .contains("\nsealane_start_time_seconds 1795932000\n")
                .contains(
                        "\nsealane_certificate_not_after_seconds{certificate=\"certificates[0]\","
                                + "names=\"ftp.example.com files.example.com\"} 1796990400\n")
                .contains("state=\"expiring\"} 1\n")
                .contains("state=\"good\"} 0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "", "127.0.0.1"})
    void a_page_that_comes_under_another_name_gets_nothing(String host) throws IOException {
        assertThat(ask("GET /status HTTP/1.1", host))
                .startsWith("HTTP/1.1 403 ")
                .doesNotContain("sessions");
    }

    @Test
    void nothing_can_be_changed_and_nothing_else_is_there() throws IOException {
        assertThat(ask("POST /status HTTP/1.1", here())).startsWith("HTTP/1.1 405 ");
        assertThat(get("/")).startsWith("HTTP/1.1 404 ");
        assertThat(get("/status/more")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void every_ipv4_address_is_none_of_ipv6() throws IOException {
        InetSocketAddress every = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);
        try (StatusEndpoint open = StatusEndpoint.start(every, () -> STATUS)) {
            int port = open.address().getPort();
            assertThat(ask("127.0.0.1", port, "GET /status HTTP/1.1", "127.0.0.1:" + port))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(ask("::1", port, "GET /status HTTP/1.1", "localhost:" + port))
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void head_has_no_body() throws IOException {
        assertThat(ask("HEAD /status HTTP/1.1", here()))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("running since");
    }

    private String here() {
        return "127.0.0.1:" + endpoint.address().getPort();
    }

    private String get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1", here());
    }

    private String ask(String request, String host) throws IOException {
        return ask("127.0.0.1", endpoint.address().getPort(), request, host);
    }

    private static String ask(String address, int port, String request, String host)
            throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral(address), port)) {
            String lines = request + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(lines.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
