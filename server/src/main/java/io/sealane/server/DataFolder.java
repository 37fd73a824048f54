package io.sealane.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// `data-dir` in the hands of one running server: two would renew the same certificates and make
/// the same keys. The system gives it up with the process, however that ends.
final class DataFolder implements AutoCloseable {
    static final String LOCK_FILE = "lock";

    private static final FileAttribute<Set<PosixFilePermission>> OWN_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Optional<FileChannel> channel;

    private DataFolder(Optional<FileChannel> channel) {
        this.channel = channel;
    }

    /// Makes the folder if it is not there, for its owner alone.
    ///
    /// One that may only be read is nobody's.
    ///
    /// @throws StartFailure if it cannot be made, or another server has it
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
            return new DataFolder(lock(folder));
        } catch (IOException failed) {
            throw new StartFailure(
                    "data-dir: " + folder + " cannot be written to: " + reason(failed), failed);
        }
    }

    /// @return the lock's channel; empty where the folder cannot be written to, so that nobody
    ///   makes anything there
    private static Optional<FileChannel> lock(Path folder) throws IOException, StartFailure {
        Path file = folder.resolve(LOCK_FILE);
        boolean isThere = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        if (!isThere && !Files.isWritable(folder)) {
            return Optional.empty();
        }
        if (isThere && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new StartFailure(
                    "data-dir: " + file + " is in the way: the server makes a file there");
        }
        FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        OWN_FILE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            // To close the channel would give the other one's lock up.
            throw taken(folder);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
        channel.close();
        throw taken(folder);
    }

    private static StartFailure taken(Path folder) {
        return new StartFailure(
                "data-dir: "
                        + folder
                        + " has a server already; stop it, or give this one another data-dir");
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
            if (channel.isPresent()) {
                channel.get().close();
            }
        } catch (IOException unlikely) {
            throw new IllegalStateException("a lock that cannot be given up", unlikely);
        }
    }
}
