package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.Digests;
import io.sealane.testkit.RandomBytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files of known content, compared by SHA-256.
final class Content {
    private static final int BLOCK_BYTES = 1 << 20;

    private Content() {}

    /// Writes a file and returns the SHA-256 of it.
    static String write(Path file, RandomBytes content) throws IOException {
        try (InputStream source = content.open();
                var target = Files.newOutputStream(file)) {
            byte[] block = new byte[BLOCK_BYTES];
            var digest = Digests.sink();
            for (int read = source.read(block, 0, BLOCK_BYTES);
                    read > 0;
                    read = source.read(block, 0, BLOCK_BYTES)) {
                target.write(block, 0, read);
                digest.write(block, 0, read);
            }
            return digest.sha256();
        }
    }

    static String sha256(Path file) throws IOException {
        try (InputStream stream =
                new BufferedInputStream(Files.newInputStream(file), BLOCK_BYTES)) {
            return Digests.sha256(stream);
        }
    }

    static void assertSame(Path file, RandomBytes expected) throws IOException {
        assertThat(file).isRegularFile();
        assertThat(sha256(file)).as("SHA-256 of %s", file).isEqualTo(expected.sha256());
    }
}
