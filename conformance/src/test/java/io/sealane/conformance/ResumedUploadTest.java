package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.transfer.Compression;
import io.sealane.core.transfer.Compression.Availability;
import io.sealane.core.transfer.TransferSettings;
import io.sealane.core.transfer.TransferSettings.LineEnds;
import io.sealane.testkit.Ending;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.RandomBytes;
import io.sealane.testkit.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Uploads that are killed anywhere and continued from where SIZE says. The seed is printed;
/// `-Dsealane.seed=N` repeats it.
final class ResumedUploadTest {
    private static final long SEED = Long.getLong("sealane.seed", System.nanoTime());
    private static final int ROUNDS = 100;
    private static final byte[] CONTENT = new RandomBytes(5, 120_000).toArray();

    /// How a client continues.
    enum Way {
        REST_AND_STOR,
        REST_AND_STOR_COMPRESSED,
        APPE,
        APPE_COMPRESSED;

        private boolean compresses() {
            return switch (this) {
                case REST_AND_STOR, APPE -> false;
                case REST_AND_STOR_COMPRESSED, APPE_COMPRESSED -> true;
            };
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "BORINGSSL_1_3"})
    void an_upload_killed_anywhere_is_continued_to_the_same_content(Security security)
            throws IOException {
        System.out.println("killed uploads: -Dsealane.seed=" + SEED);
        Random random = new Random(SEED);
        TransferSettings settings =
                new TransferSettings(LineEnds.CONVERTED, new Compression(Availability.ON, 1, 100));
        try (TestServer server = TestServer.start(security.options().with(settings));
                ProbeClient client = security.member(server)) {
            for (int round = 0; round < ROUNDS; round++) {
                Way way = Way.values()[random.nextInt(Way.values().length)];
                String name = "file-" + round;
                client.send(way.compresses() ? "MODE Z" : "MODE S").expect(200);
                int sent = 0;
                for (int kills = 1 + random.nextInt(3); kills > 0; kills--) {
                    sent += random.nextInt(CONTENT.length - sent);
                    kill(client, way, name, sent, random);
                }
                int kept = kept(client, name);
                finish(client, way, name, kept);
                assertThat(server.files().content("/" + name))
                        .as("seed %d, round %d, %s from %d", SEED, round, way, kept)
                        .contains(CONTENT);
            }
        }
    }

    /// Continues from where the file is and dies when `end` is sent.
    private static void kill(ProbeClient client, Way way, String name, int end, Random random)
            throws IOException {
        int kept = Math.min(kept(client, name), end);
        try (ProbeData data = begin(client, way, name, kept)) {
            byte[] octets = coded(way, Arrays.copyOfRange(CONTENT, kept, end));
            int cut = way.compresses() ? random.nextInt(octets.length) : octets.length;
            data.write(Arrays.copyOf(octets, cut)).finish(Ending.RESET);
        }
        client.expect(426);
    }

    private static void finish(ProbeClient client, Way way, String name, int kept)
            throws IOException {
        try (ProbeData data = begin(client, way, name, kept)) {
            data.write(coded(way, Arrays.copyOfRange(CONTENT, kept, CONTENT.length)))
                    .finish(Ending.ORDERLY);
        }
        client.expect(226);
    }

    private static ProbeData begin(ProbeClient client, Way way, String name, int kept)
            throws IOException {
        ProbeData data = client.openData();
        switch (way) {
            case REST_AND_STOR, REST_AND_STOR_COMPRESSED -> {
                client.send("REST " + kept).expect(350);
                client.send("STOR " + name).expect(150);
            }
            case APPE, APPE_COMPRESSED -> client.send("APPE " + name).expect(150);
        }
        return data;
    }

    private static int kept(ProbeClient client, String name) throws IOException {
        Reply size = client.ask("SIZE " + name);
        return size.code() == 213 ? Integer.parseInt(size.text()) : 0;
    }

    private static byte[] coded(Way way, byte[] content) throws IOException {
        if (!way.compresses()) {
            return content;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream stream = new DeflaterOutputStream(compressed)) {
            stream.write(content);
        }
        return compressed.toByteArray();
    }
}
