package io.sealane.vfs.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "No space left on device,            STORE_FULL",
        "Disk quota exceeded,                OVER_QUOTA",
        "Is a directory,                     IS_A_DIRECTORY",
        "Not a directory,                    NOT_A_DIRECTORY",
        "File name too long,                 BAD_NAME",
        "Read-only file system,              DENIED_BY_HOST",
        "Too many levels of symbolic links (NOFOLLOW_LINKS specified), NOT_PERMITTED",
        "Directory not empty,                NOT_EMPTY",
        "Invalid cross-device link,          CROSSES_STORES",
        "Operation not permitted,            DENIED_BY_HOST",
        "Too many open files,                OVERLOADED",
        "Input/output error,                 BROKEN",
        "Stale file handle,                  BROKEN"
    })
    void texts_of_the_system_have_reasons(String text, Reason reason) {
        assertThat(Failures.reasonOf(new IOException(text))).isEqualTo(reason);
        assertThat(Failures.reasonOf(new FileSystemException("file", "other", text)))
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "2, NOT_FOUND",
        "13, DENIED_BY_HOST",
        "17, ALREADY_EXISTS",
        "20, NOT_A_DIRECTORY",
        "28, STORE_FULL",
        "36, BAD_NAME",
        "122, OVER_QUOTA",
        "5, BROKEN"
    })
    void numbers_of_the_system_have_reasons(int errno, Reason reason) {
        assertThat(Failures.reasonOf(new NativeException("call", errno))).isEqualTo(reason);
    }

    @Test
    void exceptions_of_the_platform_have_reasons() {
        assertThat(Failures.reasonOf(new NoSuchFileException("f"))).isEqualTo(Reason.NOT_FOUND);
        assertThat(Failures.reasonOf(new AccessDeniedException("f")))
                .isEqualTo(Reason.DENIED_BY_HOST);
        assertThat(Failures.reasonOf(new FileAlreadyExistsException("f")))
                .isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(Failures.reasonOf(new DirectoryNotEmptyException("f")))
                .isEqualTo(Reason.NOT_EMPTY);
        assertThat(Failures.reasonOf(new NotDirectoryException("f")))
                .isEqualTo(Reason.NOT_A_DIRECTORY);
        assertThat(Failures.reasonOf(new StorageException(Reason.BAD_OFFSET, "f")))
                .isEqualTo(Reason.BAD_OFFSET);
        assertThat(Failures.reasonOf(new IOException())).isEqualTo(Reason.BROKEN);
    }
}
