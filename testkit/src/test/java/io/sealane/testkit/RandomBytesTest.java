package io.sealane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RandomBytesTest {
    @Test
    void the_same_seed_gives_the_same_bytes_however_they_are_read() throws IOException {
        RandomBytes content = new RandomBytes(1, 1001);
        ByteArrayOutputStream single = new ByteArrayOutputStream();
        try (InputStream stream = content.open()) {
            for (int octet = stream.read(); octet >= 0; octet = stream.read()) {
                single.write(octet);
            }
        }

        assertThat(single.toByteArray()).isEqualTo(content.toArray()).hasSize(1001);
        assertThat(Digests.sha256(content.toArray())).isEqualTo(content.sha256());
    }

    @Test
    void another_seed_gives_other_bytes_and_a_shorter_length_a_prefix() {
        byte[] longer = new RandomBytes(1, 100).toArray();

        assertThat(new RandomBytes(2, 100).toArray()).isNotEqualTo(longer);
        assertThat(new RandomBytes(1, 33).toArray()).isEqualTo(Arrays.copyOf(longer, 33));
    }

    @Test
    void a_sink_counts_and_digests_what_it_drops() throws IOException {
        Digests.Sink sink = Digests.sink();
        sink.write('a');
        sink.write("bc".getBytes(StandardCharsets.US_ASCII));

        assertThat(sink.count()).isEqualTo(3);
        assertThat(sink.sha256())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
