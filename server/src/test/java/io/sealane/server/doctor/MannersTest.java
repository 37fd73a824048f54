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
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A server that keeps the lines behind AUTH TLS and serves them inside TLS is found out, and one
/// that forgets them is not.
@Timeout(60)
final class InjectionTest {
    private static final int NOOP_OCTETS = 6;

    private enum Memory {
        KEEPS,
        FORGETS
    }

    @Test
    void a_server_that_keeps_what_came_in_the_clear_is_vulnerable() throws Exception {
        assertThat(HostileServerTest.findings(examine(Memory.KEEPS)))
                .contains(Finding.AUTH_INJECTION)
                .doesNotContain(Finding.AUTH_IS_A_WALL);
    }

    @Test
    void a_server_that_forgets_it_is_not() throws Exception {
        Diagnosis diagnosis = examine(Memory.FORGETS);
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

    private static Diagnosis examine(Memory memory) throws Exception {
        SSLContext context = context();
        try (FakeServer server = FakeServer.start(client -> serve(client, memory, context))) {
            return Doctor.examine(
                    HostileServerTest.request("127.0.0.1", server.port()), InstantSource.system());
        }
    }

    private static void serve(Socket client, Memory memory, SSLContext context) throws IOException {
        say(client, "220 hello");
        List<String> kept = new ArrayList<>();
        String line = readLine(client.getInputStream());
        while (!line.isEmpty() && !line.startsWith("AUTH")) {
            say(client, answer(line));
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
        for (String early : memory == Memory.KEEPS ? kept : List.<String>of()) {
            say(tls, answer(early));
        }
        for (line = readLine(tls.getInputStream());
                !line.isEmpty();
                line = readLine(tls.getInputStream())) {
            say(tls, answer(line));
        }
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

    private static SSLContext context() throws GeneralSecurityException, IOException {
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, password);
        X509Certificate[] chain = {TestCertificate.ec().certificate()};
        keys.setKeyEntry("server", TestCertificate.ec().key(), password, chain);
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
