package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.tls.SessionBinding;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.Resumption;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One control connection, and more data connections than it was given tickets at first: all have
/// to resume. The probe is a JSSE client, which uses a TLS 1.3 ticket once and keeps the newest;
/// clients of OpenSSL are Python's, in `clients.ResumptionTest`.
///
/// `-Dsealane.data-connections=1000` makes more than the hundred of every day.
final class ResumptionTest {
    private static final int CONNECTIONS = Integer.getInteger("sealane.data-connections", 100);

    /// JSSE's server gives no more tickets than this on one connection (decision 0007).
    private static final int JSSE_TICKETS_MAX = 127;

    private static final byte[] CONTENT = TestFiles.text("content");

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void every_data_connection_of_a_long_session_resumes(Security security) throws IOException {
        int count =
                security == Security.JSSE_1_3
                        ? Math.min(CONNECTIONS, JSSE_TICKETS_MAX)
                        : CONNECTIONS;
        try (TestServer server =
                        TestServer.start(security.options().with(SessionBinding.SAME_SESSION));
                ProbeClient client = security.member(server)) {
            for (int i = 0; i < count; i++) {
                switch (i % 3) {
                    case 0 ->
                            client.upload("STOR a", CONTENT)
                                    .expect(150, 226)
                                    .expectTls(Resumption.RESUMED);
                    case 1 ->
                            assertThat(client.download("RETR a").expect(150, 226).content())
                                    .isEqualTo(CONTENT);
                    default -> client.download("NLST").expect(150, 226);
                }
            }
        }
    }
}
