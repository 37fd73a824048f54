package io.sealane.conformance;

import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What is remembered of one user's files says nothing about another's.
final class ForeignChecksumTest {
    /// Files of two users' stores that have the same key, size and time.
    @Test
    void a_checksum_is_remembered_for_its_user_alone() throws IOException {
        try (TestServer server = TestServer.start()) {
            server.files().put("/a", TestFiles.text("one"));
            server.files(TestServer.OTHER_USER).put("/a", TestFiles.text("two"));
            try (ProbeClient client = server.plainMember(Door.PLAIN);
                    ProbeClient other = server.greeted(Door.PLAIN)) {
                other.login(TestServer.OTHER_USER, TestServer.PASSWORD);
                client.send("XCRC a")
                        .expect(250, "7A6C86F1")
                        .send("XCRC a")
                        .expect(250, "7A6C86F1");
                other.send("XCRC a").expect(250, "11CA8A66");
            }
        }
    }
}
