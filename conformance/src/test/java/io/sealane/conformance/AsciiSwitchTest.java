package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.transfer.Compression;
import io.sealane.core.transfer.TransferSettings;
import io.sealane.core.transfer.TransferSettings.LineEnds;
import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// TYPE A where an operator wants files to stay as they are.
final class AsciiSwitchTest {
    private static final long SEED = Long.getLong("sealane.seed", System.nanoTime());
    private static final TransferSettings AS_STORED =
            new TransferSettings(LineEnds.AS_STORED, Compression.DEFAULTS);

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "JSSE_1_3", "BORINGSSL_1_3"})
    void files_stay_as_they_are_in_both_directions(Security security) throws IOException {
        System.out.println("line ends: -Dsealane.seed=" + SEED);
        byte[] content = lineEnds(300_000);
        try (TestServer server = TestServer.start(security.options().with(AS_STORED));
                ProbeClient client = security.member(server).send("TYPE A").expect(200)) {
            client.upload("STOR a", content).expect(150, 226);
            assertThat(server.files().content("/a")).contains(content);
            assertThat(client.download("RETR a").expect(150, 226).content()).isEqualTo(content);
            client.upload("APPE a", content).expect(150, 226);
            client.send("SIZE a").expect(213, Integer.toString(2 * content.length));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "BORINGSSL_1_3"})
    void an_offset_means_what_it_says(Security security) throws IOException {
        byte[] content = lineEnds(1_000);
        byte[] rest = Arrays.copyOfRange(content, 600, content.length);
        try (TestServer server = TestServer.start(security.options().with(AS_STORED));
                ProbeClient client = security.member(server).send("TYPE A").expect(200)) {
            server.files().put("/a", Arrays.copyOf(content, 600));
            client.send("REST 600").expect(350);
            client.upload("STOR a", rest).expect(150, 226);
            assertThat(server.files().content("/a")).contains(content);
            client.send("REST 600").expect(350);
            assertThat(client.download("RETR a").expect(150, 226).content()).isEqualTo(rest);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "BORINGSSL_1_3"})
    void lines_of_listings_end_with_crlf_in_every_type(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options().with(AS_STORED));
                ProbeClient client = security.member(server)) {
            for (String type : Arrays.asList("TYPE A", "TYPE I")) {
                client.send(type).expect(200);
                assertThat(client.download("NLST").expect(150, 226).text())
                        .contains("hello.txt\r\n")
                        .doesNotContainPattern("[^\\r]\\n");
            }
        }
    }

    private static byte[] lineEnds(int length) {
        Random random = new Random(SEED);
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) "\r\nab".charAt(random.nextInt(4));
        }
        return content;
    }
}
