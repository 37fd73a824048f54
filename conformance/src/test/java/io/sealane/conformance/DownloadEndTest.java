package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.testkit.Ending;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.RandomBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The ends of a download: whole ones end in order and are answered at once, whatever the client
/// does next; broken ones never look whole.
final class DownloadEndTest {
    private static final byte[] CONTENT = new RandomBytes(7, 1 << 20).toArray();
    private static final byte[] LARGE = new byte[16 << 20];
    private static final long MORE_THAN_SOCKETS_HOLD = 64 << 20;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @ParameterizedTest
    @EnumSource
    void a_client_that_answers_in_order(Security security) throws IOException {
        assertCompleteWith(security, Ending.ORDERLY);
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_answers_with_a_fin_alone(Security security) throws IOException {
        assertCompleteWith(security, Ending.FIN);
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_answers_with_a_reset(Security security) throws IOException {
        assertCompleteWith(security, Ending.RESET);
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_does_not_answer_and_keeps_its_socket_open(Security security)
            throws IOException {
        assertCompleteWith(security, Ending.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void a_file_that_becomes_shorter_meanwhile_does_not_look_whole(
            Security security, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("shrinking");
        try (TestServer server = LocalFolder.at(folder).served(security.options());
                FileChannel content =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.write(ByteBuffer.allocate(1), MORE_THAN_SOCKETS_HOLD);
            try (ProbeClient client = security.member(server);
                    ProbeData data = client.openData()) {
                client.send("RETR shrinking").expect(150);
                data.establish().read(new byte[100], AT_ONCE);
                content.truncate(1 << 20);
                assertThat(data.awaitEnd()).isEqualTo(PeerEnd.RESET);
                client.expect(451);
                client.download("RETR shrinking").expect(150, 226);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_leaves_midway_is_told_so_and_may_go_on(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options())) {
            server.files().put("/large", LARGE);
            try (ProbeClient client = security.member(server)) {
                try (ProbeData data = client.openData()) {
                    client.send("RETR large").expect(150);
                    data.establish().read(new byte[100], AT_ONCE);
                    data.finish(Ending.RESET);
                }
                client.expect(426);
                client.download("RETR hello.txt").expect(150, 226);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_aborted_download_does_not_end_as_a_whole_one_does(Security security)
            throws IOException {
        try (TestServer server = TestServer.start(security.options())) {
            server.files().put("/large", LARGE);
            try (ProbeClient client = security.member(server);
                    ProbeData data = client.openData()) {
                client.send("RETR large").expect(150);
                data.establish().read(new byte[100], AT_ONCE);
                client.send("ABOR").expect(426).expect(226);
                assertThat(data.awaitEnd()).isEqualTo(PeerEnd.RESET);
            }
        }
    }

    private static void assertCompleteWith(Security security, Ending answer) throws IOException {
        PeerEnd end = security.tls() ? PeerEnd.CLOSE_NOTIFY : PeerEnd.FIN;
        try (TestServer server = TestServer.start(security.options())) {
            server.files().put("/file", CONTENT);
            try (ProbeClient client = security.member(server)) {
                for (String file : new String[] {"file", "empty.txt"}) {
                    try (ProbeData data = client.openData()) {
                        client.send("RETR " + file).expect(150);
                        byte[] content = data.readToEnd();
                        long start = System.nanoTime();
                        assertThat(data.establish().peerEnd()).contains(end);
                        data.finish(answer);
                        client.expect(226);
                        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
                        assertThat(server.files().content("/" + file)).contains(content);
                        client.send("NOOP").expect(200);
                    }
                }
                client.download("LIST").expect(150, 226);
            }
        }
    }

    /// In the clear a FIN would be the end of the file, whatever the reply is.
    @Test
    void a_defect_does_not_end_it_in_order() throws IOException {
        WatchedStorage files =
                new WatchedStorage(TestFiles.fresh(InstantSource.fixed(TestServer.NOW)).storage());
        TestServer server = TestServer.start(Security.PLAIN.options(), files);
        try (ProbeClient client = Security.PLAIN.member(server)) {
            client.send("TYPE I").expect(200);
            try (ProbeData data = client.openData()) {
                client.send("RETR endless").expect(150);
                assertThat(data.awaitEnd()).isEqualTo(PeerEnd.RESET);
                client.expect(451);
            }
            files.awaitNothingOpen();
        }
        assertThatThrownBy(server::close).hasMessageContaining("nobody sends it");
    }
}
