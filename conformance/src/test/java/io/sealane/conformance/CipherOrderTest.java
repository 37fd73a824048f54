package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.event.Event;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.TlsChoice;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The server's order of cipher suites decides, whatever the client likes best.
final class CipherOrderTest {
    @ParameterizedTest
    @EnumSource
    void the_server_chooses(Library library) throws IOException {
        TlsChoice choice =
                TlsChoice.DEFAULTS
                        .versions("TLSv1.2")
                        .cipherSuites(
                                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS.with(library));
                ProbeClient client =
                        server.securedMember(
                                Door.EXPLICIT,
                                Family.IPV4,
                                ProbeClient.Settings.DEFAULTS.tls(choice))) {
            client.send("NOOP").expect(200);
            assertThat(server.events().await(Event.ControlSecured.class).cipher())
                    .isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        }
    }
}
