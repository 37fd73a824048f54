package io.sealane.vfs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamedDirectoryTest {
    private static final int TIMES = 50;

    @TempDir private Path root;

    /// The JDK would lose a descriptor, and close another that may be somebody else's.
    @Test
    void of_what_is_no_directory_nothing_stays_open() throws IOException {
        Files.writeString(root.resolve("file"), "x");
        Files.createSymbolicLink(root.resolve("link"), root);
        try (StreamedDirectory directory = StreamedDirectory.atHostPath(root)) {
            long before = descriptors();
            for (int i = 0; i < TIMES; i++) {
                for (String name : new String[] {"file", "link"}) {
                    assertThatThrownBy(() -> directory.child(name))
                            .isInstanceOf(NotDirectoryException.class);
                }
            }
            assertThat(descriptors()).isLessThan(before + TIMES);
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
