package io.sealane.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// `data-dir` in the hands of one running server: two would renew the same certificates and make
/// the same keys. The system gives it up with the process, however that ends.
final class DataFolder implements AutoCloseable {
    static final String LOCK_FILE = "lock";

    private static final FileAttribute<Set<PosixFilePermission>> OWN_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final FileChannel channel;

    private DataFolder(FileChannel channel) {
        this.channel = channel;
    }

    /// Makes the folder if it is not there, for its owner alone.
    ///
    /// @throws StartFailure if it cannot be made or written to, or another server has it
    static DataFolder take(Path folder) throws StartFailure {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, OWN_FOLDER);
            }
        } catch (IOException failed) {
            throw new StartFailure(
                    "data-dir: " + folder + " cannot be made: " + reason(failed), failed);
        }
        try {
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve(LOCK_FILE),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            OWN_FILE);
            if (!isLocked(channel)) {
                channel.close();
                throw new StartFailure("data-dir: " + folder + " has a server already");
            }
            return new DataFolder(channel);
        } catch (IOException failed) {
            throw new StartFailure(
                    "data-dir: " + folder + " cannot be written to: " + reason(failed), failed);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    private static String reason(IOException failed) {
        return switch (failed) {
            case FileAlreadyExistsException there -> "there is a file of that name";
            case AccessDeniedException denied -> "permission denied";
            default -> failed.toString();
        };
    }

    /// The file stays: who removes it might take another's.
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException unlikely) {
            throw new IllegalStateException("a lock that cannot be given up", unlikely);
        }
    }
}
