package io.sealane.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileStampTest {
    /// Longer than the file system's clock takes from one time to the next.
    private static final Duration TICK = Duration.ofMillis(50);

    @TempDir private Path folder;

    @Test
    void a_file_that_nobody_touched_is_the_same() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "1");
        assertThat(FileStamp.of(file)).isEqualTo(FileStamp.of(file));
    }

    /// One that could not be read is read again when it can be.
    @Test
    void other_rights_make_another_one() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "1");
        FileStamp before = FileStamp.of(file);
        LockSupport.parkNanos(TICK.toNanos());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assertThat(FileStamp.of(file)).isNotEqualTo(before);
    }

    @Test
    void another_file_of_the_same_size_and_time_is_another_one() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "1");
        FileTime time = Files.getLastModifiedTime(file);
        FileStamp before = FileStamp.of(file);
        Path other = Files.writeString(folder.resolve("b"), "2");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(FileStamp.of(file)).isNotEqualTo(before);
    }

    @Test
    void one_that_is_gone_is_like_any_other_that_is() {
        assertThat(FileStamp.of(folder.resolve("none")))
                .isEqualTo(FileStamp.of(folder.resolve("nothing")));
    }
}
