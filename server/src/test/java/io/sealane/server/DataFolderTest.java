package io.sealane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir private Path parent;

    @Test
    void one_server_has_it_at_a_time() throws Exception {
        Path folder = parent.resolve("a/b");
        try (DataFolder _ = DataFolder.take(folder)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThatThrownBy(() -> DataFolder.take(folder))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageStartingWith("data-dir: " + folder + " has a server already; ");
        }
        DataFolder.take(folder).close();
    }

    @Test
    void what_is_in_the_way_is_named() throws Exception {
        Path file = Files.createFile(parent.resolve("file"));
        assertThatThrownBy(() -> DataFolder.take(file))
                .isInstanceOf(StartFailure.class)
                .hasMessage("data-dir: " + file + " cannot be made: there is a file of that name");
        Path folder = Files.createDirectory(parent.resolve("folder"));
        Files.createDirectory(folder.resolve(DataFolder.LOCK_FILE));
        assertThatThrownBy(() -> DataFolder.take(folder))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is in the way");
        Path linked = Files.createDirectory(parent.resolve("linked"));
        Files.createSymbolicLink(linked.resolve(DataFolder.LOCK_FILE), parent.resolve("other"));
        assertThatThrownBy(() -> DataFolder.take(linked)).isInstanceOf(StartFailure.class);
        assertThat(parent.resolve("other")).doesNotExist();
    }
}
