package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.TlsChoice;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// HOST beyond its transcript: what it has to do with the name in the TLS handshake.
final class VirtualHostTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_host_is_the_one_that_the_handshake_named(Security security) throws IOException {
        TlsChoice named = security.choice().serverName("FTP.example.com");
        try (TestServer server = TestServer.start(security.options().with(new TestHosts()));
                ProbeClient client =
                        server.greeted(
                                Door.EXPLICIT,
                                Family.IPV4,
                                ProbeClient.Settings.DEFAULTS.tls(named))) {
            client.send("HOST 127.0.0.1").expect(220);
            client.startTls();
            client.send("HOST 127.0.0.1").expect(504, "Not the host that the TLS...");
            client.send("HOST other.example.com").expect(504, "Not the host that the TLS...");
            client.send("HOST ftp.example.com").expect(220);
            client.login(TestServer.USER, TestServer.PASSWORD);
        }
    }

    @Test
    void without_hosts_it_is_not_served_and_clients_go_on() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.PLAIN)) {
            assertThat(client.features()).doesNotContain("HOST");
            client.send("HOST ftp.example.com").expect(502);
            client.login(TestServer.USER, TestServer.PASSWORD);
        }
    }
}
