package io.sealane.conformance.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Tool;
import io.sealane.testkit.RandomBytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS of around 2008, by a library that still has it, on a listener that is declared legacy beside
/// one that is not: nothing becomes weaker for the others, whichever provider they have.
@Timeout(120)
final class OldDevicesTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String LEGACY = "devices";
    private static final String MODERN = "explicit";
    private static final String TRIPLE_DES =
            "NORMAL:-VERS-ALL:+VERS-TLS1.0:-CIPHER-ALL:+3DES-CBC:-KX-ALL:+RSA";

    /// What a client is able to do, in GnuTLS's words, and what comes of it.
    private static final Map<String, String> OLD_CLIENTS =
            Map.of(
                    TRIPLE_DES,
                    "(TLS1.0-X.509)-(RSA)-(3DES-CBC)-(SHA1)",
                    "NORMAL:-VERS-ALL:+VERS-TLS1.0:+3DES-CBC",
                    "(TLS1.0-X.509)-(ECDHE-SECP256R1)-(AES-256-CBC)-(SHA1)",
                    "NORMAL:-VERS-ALL:+VERS-TLS1.1:-CIPHER-ALL:+AES-128-CBC:-KX-ALL:+RSA",
                    "(TLS1.1-X.509)-(RSA)-(AES-128-CBC)-(SHA1)",
                    "NORMAL:-VERS-ALL:+VERS-TLS1.1:-CIPHER-ALL:+AES-256-CBC:-KX-ALL:+DHE-RSA",
                    "(TLS1.1-X.509)-(DHE-FFDHE2048)-(AES-256-CBC)-(SHA1)",
                    "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+RSA:-CIPHER-ALL:+AES-128-CBC:+SHA256",
                    "(TLS1.2-X.509)-(RSA)-(AES-128-CBC)-(SHA256)",
                    "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+RSA",
                    "(TLS1.2-X.509)-(RSA)-(AES-256-GCM)",
                    "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-CBC:-KX-ALL:+RSA:+ECDHE-RSA"
                            + ":-SIGN-ALL:+SIGN-RSA-SHA1:%VERIFY_ALLOW_SIGN_WITH_SHA1",
                    "(TLS1.2-X.509)-(ECDHE-SECP256R1)-(RSA-SHA1)-(AES-128-CBC)-(SHA1)",
                    "NORMAL:-VERS-ALL:+VERS-TLS1.0:-CIPHER-ALL:+AES-128-CBC:-KX-ALL:+ECDHE-ECDSA",
                    "(TLS1.0-X.509)-(ECDHE-SECP256R1)-(AES-128-CBC)-(SHA1)",
                    "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-CBC:+SHA256"
                            + ":-KX-ALL:+ECDHE-ECDSA",
                    "(TLS1.2-X.509)-(ECDHE-SECP256R1)-(ECDSA-SHA256)-(AES-128-CBC)-(SHA256)");

    private static final String NEW_CLIENT = "NORMAL";
    private static final String SHA_1 =
            "NORMAL:-VERS-ALL:+VERS-TLS1.2:-SIGN-ALL:+SIGN-RSA-SHA1:+SIGN-ECDSA-SHA1"
                    + ":%VERIFY_ALLOW_SIGN_WITH_SHA1";

    /// Two suites of TLS between two of SSL 2.
    private static final byte[] SSL_2_HELLO =
            HexFormat.of()
                    .parseHex(
                            "8025010301000c00000010"
                                    + "01008000000a00002f0700c0"
                                    + "00".repeat(16));

    private static final int HANDSHAKE_RECORD = 22;
    private static final int ALERT_RECORD = 21;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jsse"})
    @Needs(Tool.GNUTLS_CLI)
    void an_old_client_is_served_there_and_nowhere_else(String provider) throws Exception {
        try (PackagedServer server = start(provider)) {
            for (Map.Entry<String, String> client : OLD_CLIENTS.entrySet()) {
                assertThat(shakeHands(server, LEGACY, client.getKey()))
                        .as(client.getKey())
                        .contains("Description: " + client.getValue());
                assertThat(shakeHands(server, MODERN, client.getKey()))
                        .as(client.getKey())
                        .contains("fatal alert has been received")
                        .doesNotContain("Description: ");
            }
            assertThat(shakeHands(server, MODERN, SHA_1))
                    .contains("fatal alert has been received")
                    .doesNotContain("Description: ");
            for (String listener : List.of(LEGACY, MODERN)) {
                assertThat(shakeHands(server, listener, NEW_CLIENT)).contains("(TLS1.3-X.509)");
            }
            server.awaitLog(
                    " handshake-failed .* listener=explicit .* reason=no-common-version"
                            + " offer=\"client offered TLS1.0;"
                            + " ciphers=TLS_RSA_WITH_3DES_EDE_CBC_SHA");
            assertThat(server.defects()).isEmpty();
        }
    }

    /// The hello is in the format of SSL 2, as OpenSSL before 1.0 begins, and offers TLS 1.0.
    @Test
    void a_client_that_begins_as_in_ssl_2_is_served_too() throws Exception {
        try (PackagedServer server = start("boringssl")) {
            assertThat(answerToSsl2(server, LEGACY, "AUTH TLS")).isEqualTo(HANDSHAKE_RECORD);
            assertThat(answerToSsl2(server, LEGACY, "")).isEqualTo(HANDSHAKE_RECORD);
            assertThat(answerToSsl2(server, MODERN, "AUTH TLS")).isEqualTo(ALERT_RECORD);
            server.awaitLog(
                    " handshake-failed .* listener=explicit .* reason=no-common-version"
                            + " offer=\"client offered TLS1.0;"
                            + " ciphers=TLS_RSA_WITH_3DES_EDE_CBC_SHA,"
                            + "TLS_RSA_WITH_AES_128_CBC_SHA;");
            assertThat(server.defects()).isEmpty();
        }
    }

    /// By ticket and by session id, and without the extended master secret (RFC 7627), which was
    /// not known then.
    @ParameterizedTest
    @ValueSource(
            strings = {
                TRIPLE_DES,
                TRIPLE_DES + ":%NO_TICKETS",
                TRIPLE_DES + ":%NO_SESSION_HASH",
                TRIPLE_DES + ":%NO_SESSION_HASH:%NO_TICKETS",
                "NORMAL:-VERS-ALL:+VERS-TLS1.1:-CIPHER-ALL:+AES-128-CBC",
                "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+3DES-CBC:-KX-ALL:+RSA",
            })
    @Needs(Tool.LFTP)
    void an_old_clients_data_connections_resume(String priority) throws Exception {
        try (PackagedServer server = start("boringssl")) {
            RandomBytes content = new RandomBytes(1, 3_000_000);
            Content.write(folder.resolve("scan.pdf"), content);
            String remote = server.newFolder("scans");
            Path script =
                    Files.write(
                            folder.resolve("commands.lftp"),
                            List.of(
                                    "set cmd:fail-exit yes",
                                    "set net:max-retries 1",
                                    "set ftp:ssl-force yes",
                                    "set ssl:check-hostname no",
                                    "set ssl:ca-file ca.pem",
                                    "set ssl:priority " + priority,
                                    "open -u %s,%s -p %d ftp://127.0.0.1"
                                            .formatted(
                                                    PackagedServer.USER,
                                                    PackagedServer.PASSWORD,
                                                    server.port(LEGACY)),
                                    "cd " + remote,
                                    "put scan.pdf",
                                    "put scan.pdf -o again.pdf",
                                    "get again.pdf -o back.pdf",
                                    "ls"));
            ExternalClient.find(Tool.LFTP)
                    .orElseThrow()
                    .in(folder)
                    .run("-f", script.toString())
                    .expectSuccess();
            Content.assertSame(folder.resolve("back.pdf"), content);
            assertThat(server.awaitMoved("/" + remote, 4))
                    .hasSize(4)
                    .allMatch(MovedLine::isComplete)
                    .allMatch(MovedLine::resumed);
            assertThat(server.defects()).isEmpty();
        }
    }

    /// The type of the first record that the server sends.
    private static int answerToSsl2(PackagedServer server, String listener, String first)
            throws IOException {
        try (Socket socket = new Socket(LOOPBACK, server.port(listener))) {
            socket.setSoTimeout(5_000);
            InputStream in = socket.getInputStream();
            if (!first.isEmpty()) {
                skipLine(in);
                socket.getOutputStream().write((first + "\r\n").getBytes(US_ASCII));
                skipLine(in);
            }
            socket.getOutputStream().write(SSL_2_HELLO);
            return in.read();
        }
    }

    private static void skipLine(InputStream in) throws IOException {
        int octet = in.read();
        while (octet >= 0 && octet != '\n') {
            octet = in.read();
        }
    }

    private PackagedServer start(String provider) throws IOException, InterruptedException {
        Issuer issuer = Issuer.in(folder);
        issuer.issue("old", Issuer.Key.RSA, "localhost");
        issuer.issue("new", Issuer.Key.EC, "localhost");
        return PackagedServer.start(
                folder,
                Settings.standard()
                        .provider(provider)
                        .more(
                                """
                                certificates:
                                  - { chain: old.pem, key: old.key, names: [localhost] }
                                  - { chain: new.pem, key: new.key, names: [localhost] }
                                """)
                        .listener(
                                """
                                name: devices
                                    address: 127.0.0.1
                                    ports: [0]
                                    mode: auto
                                    sniff: 100ms
                                    clients: [127.0.0.1]
                                    users: [ann]
                                    tls:
                                      legacy: true
                                      session-binding: same-session
                                      versions: ["1.0", "1.1", "1.2", "1.3"]\
                                """));
    }

    /// All that the client says of a handshake behind AUTH TLS.
    private String shakeHands(PackagedServer server, String listener, String priority)
            throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        Tool.GNUTLS_CLI.program(),
                        "--no-ca-verification",
                        "--starttls-proto=ftp",
                        "--priority",
                        priority,
                        "--port",
                        Integer.toString(server.port(listener)),
                        "127.0.0.1");
        try (Dialog control = Dialog.start(folder, command)) {
            control.say("QUIT");
            return control.awaitEnd();
        }
    }
}
