package io.sealane.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is concluded from the manners of a server whose TLS is the JDK's.
@Timeout(60)
final class MannersTest {
    private static final int NOOP_OCTETS = 6;

    private enum Manner {
        /// Keeps the lines behind AUTH TLS, and serves them inside TLS.
        KEEPS,
        FORGETS,
        REFUSES_NAMES_IN_THE_CLEAR,
        /// As one that has a list of users.
        REFUSES_NAMES,
        /// As one whose certificate is of another key than it signs with.
        FAILS_HANDSHAKES
    }

    @Test
    void a_server_that_keeps_what_came_in_the_clear_is_vulnerable() throws Exception {
        assertThat(HostileServerTest.findings(examine(Manner.KEEPS)))
                .contains(Finding.AUTH_INJECTION)
                .doesNotContain(Finding.AUTH_IS_A_WALL);
    }

    @Test
    void a_server_that_forgets_it_is_not() throws Exception {
        Diagnosis diagnosis = examine(Manner.FORGETS);
        assertThat(HostileServerTest.findings(diagnosis))
                .as(diagnosis.toString())
                .contains(
                        Finding.AUTH_IS_A_WALL,
                        Finding.CLEAR_LOGIN,
                        Finding.FEAT_WITHOUT_TLS,
                        Finding.PROT_MISLEADING,
                        Finding.CLEAR_DATA_ACCEPTED,
                        Finding.CERTIFICATE_SELF_SIGNED,
                        Finding.ALPN_LENIENT)
                .doesNotContain(Finding.AUTH_INJECTION);
    }

    @Test
    void a_name_that_is_refused_in_the_clear_alone_shows_that_logins_need_tls() throws Exception {
        assertThat(HostileServerTest.findings(examine(Manner.REFUSES_NAMES_IN_THE_CLEAR)))
                .contains(Finding.LOGIN_NEEDS_TLS)
                .doesNotContain(Finding.CLEAR_LOGIN);
    }

    @Test
    void a_name_that_is_refused_everywhere_shows_nothing() throws Exception {
        Diagnosis diagnosis = examine(Manner.REFUSES_NAMES);
        assertThat(HostileServerTest.findings(diagnosis))
                .doesNotContain(Finding.LOGIN_NEEDS_TLS, Finding.CLEAR_LOGIN);
        assertThat(notExamined(diagnosis)).anyMatch(seen -> seen.contains("USER is refused"));
    }

    @Test
    void handshakes_that_all_fail_show_nothing_of_what_they_tried() throws Exception {
        Diagnosis diagnosis = examine(Manner.FAILS_HANDSHAKES);
        assertThat(HostileServerTest.findings(diagnosis))
                .as(diagnosis.toString())
                .contains(Finding.TLS_VERSIONS, Finding.PROBE_FAILED)
                .doesNotContain(
                        Finding.AUTH_IS_A_WALL,
                        Finding.LOGIN_NEEDS_TLS,
                        Finding.ALPN_STRICT,
                        Finding.ALPN_FTP_REFUSED);
        assertThat(notExamined(diagnosis))
                .anyMatch(seen -> seen.contains("no handshake succeeded"))
                .anyMatch(seen -> seen.contains("not said inside TLS"));
    }

    private static List<String> notExamined(Diagnosis diagnosis) {
        return diagnosis.observations().stream()
                .filter(observation -> observation.finding() == Finding.NOT_EXAMINED)
                .map(Observation::seen)
                .toList();
    }

    private static Diagnosis examine(Manner manner) throws Exception {
        SSLContext context =
                context(manner == Manner.FAILS_HANDSHAKES ? another() : TestCertificate.ec().key());
        try (FakeServer server = FakeServer.start(client -> serve(client, manner, context))) {
            return Doctor.examine(
                    HostileServerTest.request("127.0.0.1", server.port()), InstantSource.system());
        }
    }

    private static void serve(Socket client, Manner manner, SSLContext context) throws IOException {
        say(client, "220 hello");
        List<String> kept = new ArrayList<>();
        String line = readLine(client.getInputStream());
        while (!line.isEmpty() && !line.startsWith("AUTH")) {
            say(client, inTheClear(line, manner));
            line = readLine(client.getInputStream());
        }
        if (line.isEmpty()) {
            return;
        }
        if (client.getInputStream().available() >= NOOP_OCTETS) {
            kept.add(readLine(client.getInputStream()));
        }
        say(client, "234 go on");
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(client, null, true);
        tls.setUseClientMode(false);
        tls.startHandshake();
        for (String early : manner == Manner.KEEPS ? kept : List.<String>of()) {
            say(tls, insideTls(early, manner));
        }
        for (line = readLine(tls.getInputStream());
                !line.isEmpty();
                line = readLine(tls.getInputStream())) {
            say(tls, insideTls(line, manner));
        }
    }

    private static String inTheClear(String line, Manner manner) {
        return switch (manner) {
            case REFUSES_NAMES_IN_THE_CLEAR, REFUSES_NAMES, FAILS_HANDSHAKES -> refusingNames(line);
            case KEEPS, FORGETS -> answer(line);
        };
    }

    private static String insideTls(String line, Manner manner) {
        return switch (manner) {
            case REFUSES_NAMES -> refusingNames(line);
            case KEEPS, FORGETS, REFUSES_NAMES_IN_THE_CLEAR, FAILS_HANDSHAKES -> answer(line);
        };
    }

    private static String refusingNames(String line) {
        return line.startsWith("USER") ? "530 not here" : answer(line);
    }

    private static String answer(String line) {
        return switch (line.split(" ", 2)[0].toUpperCase(Locale.ROOT)) {
            case "FEAT" -> "211-Features:\r\n SIZE\r\n211 End";
            case "USER" -> "331 password";
            default -> "200 fine";
        };
    }

    private static String readLine(InputStream input) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet;
        while ((octet = input.read()) >= 0 && octet != '\n') {
            line.write(octet);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    private static void say(Socket client, String line) throws IOException {
        OutputStream output = client.getOutputStream();
        output.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        output.flush();
    }

    private static PrivateKey another() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair().getPrivate();
    }

    private static SSLContext context(PrivateKey key) throws GeneralSecurityException, IOException {
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, password);
        X509Certificate[] chain = {TestCertificate.ec().certificate()};
        keys.setKeyEntry("server", key, password, chain);
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
