package io.sealane.vfs.local;

import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.VirtualPath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/// Turns what the operating system says into a closed reason. The one place where that is done.
///
/// The JDK reports most errors by text only, and the text is `strerror`'s in the language of the
/// process; so the system is asked for its own texts where native calls are available.
final class Failures {
    /// An error number for which the JDK has no exception type of its own.
    private enum Known {
        NOT_OWNER(1, "Operation not permitted", Reason.DENIED_BY_HOST),
        NO_SUCH_ENTRY(2, "No such file or directory", Reason.NOT_FOUND),
        NO_ACCESS(13, "Permission denied", Reason.DENIED_BY_HOST),
        IN_USE(16, "Device or resource busy", Reason.BUSY),
        EXISTS(17, "File exists", Reason.ALREADY_EXISTS),
        OTHER_DEVICE(18, "Invalid cross-device link", Reason.CROSSES_STORES),
        NOT_DIRECTORY(20, "Not a directory", Reason.NOT_A_DIRECTORY),
        IS_DIRECTORY(21, "Is a directory", Reason.IS_A_DIRECTORY),
        TOO_MANY_FILES_IN_SYSTEM(23, "Too many open files in system", Reason.OVERLOADED),
        TOO_MANY_FILES(24, "Too many open files", Reason.OVERLOADED),
        TEXT_BUSY(26, "Text file busy", Reason.BUSY),
        FILE_TOO_LARGE(27, "File too large", Reason.STORE_FULL),
        NO_SPACE(28, "No space left on device", Reason.STORE_FULL),
        READ_ONLY(30, "Read-only file system", Reason.DENIED_BY_HOST),
        TOO_MANY_LINKS(31, "Too many links", Reason.STORE_FULL),
        NAME_TOO_LONG(36, "File name too long", Reason.BAD_NAME),
        NOT_EMPTY(39, "Directory not empty", Reason.NOT_EMPTY),
        // The JDK appends "... or unable to access attributes of symbolic link".
        LINK(40, "Too many levels of symbolic links", Reason.NOT_PERMITTED),
        BAD_BYTES(84, "Invalid or incomplete multibyte or wide character", Reason.BAD_NAME),
        NOT_SUPPORTED(95, "Operation not supported", Reason.UNSUPPORTED),
        QUOTA(122, "Disk quota exceeded", Reason.OVER_QUOTA);

        private final int errno;
        private final String text;
        private final String localText;
        private final Reason reason;

        Known(int errno, String text, Reason reason) {
            this.errno = errno;
            this.text = text;
            this.localText = NativeCalls.available() ? NativeCalls.errorText(errno) : text;
            this.reason = reason;
        }
    }

    private Failures() {}

    static StorageException of(VirtualPath path, IOException failure) {
        if (failure instanceof StorageException translated) {
            return translated;
        }
        return new StorageException(reasonOf(failure), path + ": " + textOf(failure), failure);
    }

    /// Without the host's path: it tells of a descriptor at most.
    private static String textOf(IOException failure) {
        if (failure instanceof FileSystemException e) {
            String name = e.getClass().getSimpleName();
            return e.getReason() == null ? name : name + ": " + e.getReason();
        }
        return failure.toString();
    }

    static StorageException of(VirtualPath path, InvalidPathException failure) {
        return new StorageException(Reason.BAD_NAME, path + ": " + failure.getReason(), failure);
    }

    static StorageException refuse(Reason reason, VirtualPath path) {
        return new StorageException(reason, path + ": " + reason);
    }

    static IOException causeOf(DirectoryIteratorException failure) {
        return Objects.requireNonNull(failure.getCause()); // by its constructor
    }

    static Reason reasonOf(IOException failure) {
        return switch (failure) {
            case StorageException translated -> translated.reason();
            case NativeException e -> reasonOf(e.errno());
            case NoSuchFileException _ -> Reason.NOT_FOUND;
            case AccessDeniedException _ -> Reason.DENIED_BY_HOST;
            case FileAlreadyExistsException _ -> Reason.ALREADY_EXISTS;
            case DirectoryNotEmptyException _ -> Reason.NOT_EMPTY;
            case NotDirectoryException _ -> Reason.NOT_A_DIRECTORY;
            case AtomicMoveNotSupportedException _ -> Reason.CROSSES_STORES;
            case FileSystemLoopException _ -> Reason.NOT_PERMITTED;
            case FileSystemException e -> reasonOf(e.getReason() == null ? "" : e.getReason());
            default -> reasonOf(failure.getMessage() == null ? "" : failure.getMessage());
        };
    }

    private static Reason reasonOf(int errno) {
        for (Known known : Known.values()) {
            if (known.errno == errno) {
                return known.reason;
            }
        }
        return Reason.BROKEN;
    }

    private static Reason reasonOf(String message) {
        for (Known known : Known.values()) {
            if (message.startsWith(known.text) || message.startsWith(known.localText)) {
                return known.reason;
            }
        }
        return Reason.BROKEN;
    }
}
