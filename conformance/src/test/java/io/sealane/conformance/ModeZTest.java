package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.transfer.Compression;
import io.sealane.core.transfer.Compression.Availability;
import io.sealane.core.transfer.TransferSettings;
import io.sealane.core.transfer.TransferSettings.LineEnds;
import io.sealane.testkit.Download;
import io.sealane.testkit.Ending;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.RandomBytes;
import io.sealane.testkit.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compressed data connections: draft-preston-ftpext-deflate. Every transfer is one zlib stream,
/// and offsets and sizes are those of what is not compressed.
final class ModeZTest {
    private static final List<Integer> SIZES =
            List.of(0, 1, 16_383, 16_384, 32_768, 32_769, 262_145, 3_000_000);

    static Stream<Security> securities() {
        return Stream.of(Security.PLAIN, Security.JSSE_1_2, Security.BORINGSSL_1_3);
    }

    private static TestServer server(Security security) throws IOException {
        return TestServer.start(
                security.options()
                        .with(
                                new TransferSettings(
                                        LineEnds.CONVERTED,
                                        new Compression(Availability.ON, 6, 100))));
    }

    private static ProbeClient member(Security security, TestServer server) throws IOException {
        return security.member(server).send("MODE Z").expect(200);
    }

    @ParameterizedTest
    @MethodSource("securities")
    void files_travel_as_one_zlib_stream_each(Security security) throws IOException {
        try (TestServer server = server(security);
                ProbeClient client = member(security, server)) {
            for (int size : SIZES) {
                for (byte[] content : List.of(noise(size), lines(size))) {
                    client.upload("STOR a", deflate(content)).expect(150, 226);
                    assertThat(server.files().content("/a")).contains(content);
                    assertThat(inflate(client.download("RETR a"))).isEqualTo(content);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("securities")
    void text_gets_its_line_ends_before_it_is_compressed(Security security) throws IOException {
        try (TestServer server = server(security);
                ProbeClient client = member(security, server)) {
            client.send("TYPE A").expect(200);
            for (int size : SIZES) {
                byte[] content = lines(size);
                String wire = text(content).replace("\n", "\r\n");
                client.upload("STOR a", deflate(TestFiles.text(wire))).expect(150, 226);
                assertThat(server.files().content("/a")).contains(content);
                assertThat(text(inflate(client.download("RETR a")))).isEqualTo(wire);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("securities")
    void listings_are_compressed(Security security) throws IOException {
        try (TestServer server = server(security);
                ProbeClient client = member(security, server)) {
            for (String command : List.of("LIST", "NLST", "MLSD", "LIST void", "NLST hello.txt")) {
                String compressed = text(inflate(client.download(command)));
                client.send("MODE S").expect(200);
                assertThat(compressed).isEqualTo(text(client.download(command).content()));
                client.send("MODE Z").expect(200);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("securities")
    void offsets_count_what_is_not_compressed(Security security) throws IOException {
        byte[] content = noise(100_000);
        byte[] rest = Arrays.copyOfRange(content, 60_000, content.length);
        try (TestServer server = server(security);
                ProbeClient client = member(security, server)) {
            server.files().put("/a", content);
            client.send("REST 60000").expect(350);
            assertThat(inflate(client.download("RETR a"))).isEqualTo(rest);
            client.send("REST 100000").expect(350);
            assertThat(inflate(client.download("RETR a"))).isEmpty();
            server.files().put("/b", Arrays.copyOf(content, 70_000));
            client.send("REST 60000").expect(350);
            client.upload("STOR b", deflate(rest)).expect(150, 226);
            assertThat(server.files().content("/b")).contains(content);
            server.files().put("/c", Arrays.copyOf(content, 60_000));
            client.upload("APPE c", deflate(rest)).expect(150, 226);
            assertThat(server.files().content("/c")).contains(content);
        }
    }

    @ParameterizedTest
    @MethodSource("securities")
    void what_came_of_a_stream_that_was_cut_can_be_continued(Security security) throws IOException {
        byte[] content = noise(300_000);
        byte[] whole = deflate(content);
        try (TestServer server = server(security);
                ProbeClient client = member(security, server)) {
            for (int cut : List.of(0, 1, 2, 100_000, whole.length - 4, whole.length - 1)) {
                String name = "cut-at-" + cut;
                client.upload("STOR " + name, Arrays.copyOf(whole, cut)).expect(150, 426);
                assertThat(client.reply().text()).contains("ended before its end");
                assertThat(server.files().exists("/" + name)).isFalse();
                int kept = kept(client, name);
                byte[] rest = deflate(Arrays.copyOfRange(content, kept, content.length));
                client.send("REST " + kept).expect(350);
                client.upload("STOR " + name, rest).expect(150, 226);
                assertThat(server.files().content("/" + name)).contains(content);
            }
        }
    }

    private static int kept(ProbeClient client, String name) throws IOException {
        Reply size = client.ask("SIZE " + name);
        return size.code() == 213 ? Integer.parseInt(size.text()) : 0;
    }

    @ParameterizedTest
    @MethodSource("securities")
    void a_reset_connection_publishes_nothing(Security security) throws IOException {
        byte[] whole = deflate(noise(300_000));
        try (TestServer server = server(security);
                ProbeClient client = member(security, server)) {
            try (ProbeData data = client.openData()) {
                client.send("STOR hello.txt").expect(150);
                data.write(Arrays.copyOf(whole, 200_000)).finish(Ending.RESET);
                client.expect(426);
            }
            assertThat(server.files().content("/hello.txt"))
                    .contains(TestFiles.text("hello\nworld\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("securities")
    void octets_behind_the_end_of_the_stream_are_refused(Security security) throws IOException {
        byte[] whole = deflate(TestFiles.text("new"));
        try (TestServer server = server(security);
                ProbeClient client = member(security, server)) {
            client.upload("STOR hello.txt", Arrays.copyOf(whole, whole.length + 1))
                    .expect(150, 426);
            assertThat(client.reply().text()).contains("behind the end");
            byte[] twice = Arrays.copyOf(whole, 2 * whole.length);
            System.arraycopy(whole, 0, twice, whole.length, whole.length);
            client.upload("STOR hello.txt", twice).expect(150, 426);
            assertThat(client.reply().text()).contains("behind the end");
            assertThat(server.files().content("/hello.txt"))
                    .contains(TestFiles.text("hello\nworld\n"));
        }
    }

    /// What a client sends that has forgotten its MODE Z. The store keeps what was there.
    @ParameterizedTest
    @MethodSource("securities")
    void what_is_not_compressed_is_refused(Security security) throws IOException {
        try (TestServer server = server(security);
                ProbeClient client = member(security, server)) {
            client.upload("STOR hello.txt", TestFiles.text("new")).expect(150, 426);
            assertThat(client.reply().text()).contains("must be a zlib stream");
            assertThat(server.files().content("/hello.txt"))
                    .contains(TestFiles.text("hello\nworld\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("securities")
    void a_bomb_is_refused_by_552_and_the_session_goes_on(Security security) throws IOException {
        byte[] bomb = deflate(new byte[64 << 20]);
        try (TestServer server = server(security);
                ProbeClient client = member(security, server)) {
            try (ProbeData data = client.openData()) {
                client.send("STOR a").expect(150);
                data.write(bomb);
                client.expect(552, "The data expands too many times...");
            }
            client.send("SIZE a").expect(550);
            client.upload("STOR a", deflate(TestFiles.text("new"))).expect(150, 226);
            assertThat(server.files().content("/a")).contains(TestFiles.text("new"));
        }
    }

    /// Its client may take the old content for what it sent: lftp does.
    @ParameterizedTest
    @MethodSource("securities")
    void nobody_goes_on_from_an_old_file_behind_a_damaged_replacement(Security security)
            throws IOException {
        byte[] damaged = deflate(lines(50_000));
        damaged[damaged.length - 1] ^= 1;
        for (byte[] stream :
                List.of(damaged, deflate(new byte[64 << 20]), TestFiles.text("no stream"))) {
            try (TestServer server = server(security);
                    ProbeClient client = member(security, server);
                    ProbeClient other = member(security, server)) {
                int code = client.upload("STOR hello.txt", stream).completion().code();
                assertThat(code).isIn(426, 552);
                other.send("SIZE hello.txt").expect(554);
                other.send("EPSV").expect(229).send("APPE hello.txt").expect(554);
                other.upload("STOR hello.txt", deflate(TestFiles.text("new"))).expect(150, 226);
                other.send("SIZE hello.txt").expect(213, "3");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("securities")
    void stou_takes_a_compressed_file(Security security) throws IOException {
        try (TestServer server = server(security);
                ProbeClient client = member(security, server)) {
            client.upload("STOU", deflate(TestFiles.text("new"))).expect(150, 226);
            assertThat(text(inflate(client.download("NLST")))).contains("upload.");
        }
    }

    @ParameterizedTest
    @MethodSource("securities")
    void a_higher_level_makes_less_of_it(Security security) throws IOException {
        byte[] content = lines(500_000);
        try (TestServer server = server(security);
                ProbeClient client = member(security, server)) {
            server.files().put("/a", content);
            client.send("OPTS MODE Z LEVEL 0").expect(200);
            Download stored = client.download("RETR a");
            client.send("OPTS MODE Z LEVEL 1").expect(200);
            Download fast = client.download("RETR a");
            client.send("OPTS MODE Z LEVEL 9").expect(200);
            Download small = client.download("RETR a");
            assertThat(stored.content()).hasSizeGreaterThan(content.length);
            assertThat(fast.content()).hasSizeLessThan(content.length / 2);
            assertThat(small.content()).hasSizeLessThan(fast.content().length);
            for (Download each : List.of(stored, fast, small)) {
                assertThat(inflate(each)).isEqualTo(content);
            }
        }
    }

    private static byte[] noise(int length) {
        return new RandomBytes(length, length).toArray();
    }

    /// Lines of a log: text that can be compressed, with LF.
    private static byte[] lines(int length) {
        Random random = new Random(length);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append("session=").append(random.nextInt(100_000)).append(" moved\n");
        }
        return TestFiles.text(text.substring(0, length));
    }

    private static byte[] deflate(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream stream = new DeflaterOutputStream(compressed)) {
            stream.write(content);
        }
        return compressed.toByteArray();
    }

    /// The content of a download that must be one whole zlib stream and nothing else.
    private static byte[] inflate(Download download) throws IOException {
        download.expect(150, 226);
        ByteArrayInputStream compressed = new ByteArrayInputStream(download.content());
        try (InflaterInputStream stream = new InflaterInputStream(compressed, new Inflater(), 1)) {
            byte[] content = stream.readAllBytes();
            assertThat(compressed.available()).as("octets behind the stream").isZero();
            return content;
        }
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
