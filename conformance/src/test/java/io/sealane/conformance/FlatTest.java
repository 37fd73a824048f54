package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.Ending;
import io.sealane.testkit.LeakCheck;
import io.sealane.testkit.LeakCheck.Resource;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sessions come and go by the hundred, and nothing is left of them.
final class FlatTest {
    private static final int SESSIONS = Integer.getInteger("sealane.sessions", 300);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "JSSE_1_3", "BORINGSSL_1_3"})
    void sessions_that_are_dropped_leave_nothing(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options())) {
            dropSessions(security, server, 10); // What the JVM opens once is there from now on.
            server.awaitNoSessions();
            LeakCheck leaks =
                    LeakCheck.ofThisProcess()
                            .virtualThreadsNamed("data-")
                            .watching(
                                    Resource.FILES,
                                    Resource.LISTENING_PORTS,
                                    Resource.VIRTUAL_THREADS);
            LeakCheck.Snapshot before = leaks.snapshot();
            dropSessions(security, server, SESSIONS);
            server.awaitNoSessions();
            assertThat(server.server().sessions()).isZero();
            leaks.assertBackTo(before, PATIENCE);
        }
    }

    /// In turn: with a port that nobody used, with a connection, with a connection that has shaken
    /// hands, in the middle of an upload.
    private static void dropSessions(Security security, TestServer server, int count)
            throws IOException {
        List<Ending> endings = List.of(Ending.RESET, Ending.FIN, Ending.NONE);
        for (int i = 0; i < count; i++) {
            try (ProbeClient client = security.member(server)) {
                if (i % 4 == 0) {
                    client.send("PASV").expect(227);
                } else {
                    openAndDrop(client, i % 4);
                }
                client.stream().finish(endings.get(i % endings.size()));
            }
        }
    }

    private static void openAndDrop(ProbeClient client, int depth) throws IOException {
        try (ProbeData data = client.openData()) {
            if (depth > 1) {
                data.establish();
            }
            if (depth > 2) {
                client.send("STOR never").expect(150);
                data.write(new byte[1000]);
            }
            data.finish(Ending.RESET);
        }
    }
}
