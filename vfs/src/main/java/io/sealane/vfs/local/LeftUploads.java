package io.sealane.vfs.local;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Tells uploads that are under way, in this process or another, from what a killed one left. Safe
/// from any thread.
///
/// A process locks the files of its uploads, and the system takes the locks away with it. Where a
/// file system has none, no file counts as left before it is too old.
final class LeftUploads {
    private static final System.Logger LOG = System.getLogger(LeftUploads.class.getName());

    /// An upload has its lock but for a moment at its beginning and at its end.
    private static final Duration UNLOCKED_MAX = Duration.ofSeconds(1);

    private static final long POLL_NANOS = 10_000_000;

    /// Held while what was left is made a partial, by whom it was found first.
    private static final DirectoryLocks ADOPTING = new DirectoryLocks();

    private LeftUploads() {}

    /// Locks the file of an upload until it is closed.
    static WorkFile lock(WorkFile file) {
        try {
            if (file.channel().tryLock() == null) {
                LOG.log(Level.WARNING, "another process holds an upload of this one");
            }
        } catch (IOException | OverlappingFileLockException e) {
            LOG.log(Level.DEBUG, "upload not locked cause={0}", e.getMessage());
        }
        return file;
    }

    /// Whether nobody writes to the upload `name` any more.
    static boolean isLeft(OpenDirectory directory, String name) throws IOException {
        return !HiddenFiles.isOfThisRun(name)
                && !Replacements.isUnderWay(Replacements.Key.ofUpload(directory, name))
                && isUnlocked(directory, name);
    }

    /// Makes a partial of what was left of an upload of `key` to `target`, as if it had broken off,
    /// unless one is under way. Blocks for [#UNLOCKED_MAX] at most, where that cannot be told yet:
    /// a server that is started again at once has clients that come back at once.
    static void adopt(OpenDirectory directory, Replacements.Key key, String target)
            throws IOException {
        if (!Replacements.isUnderWay(key)) {
            awaitRest(directory, key.uploadName());
        }
        adopt(directory, key, target, false);
    }

    /// Waits until a file is not fresh any more, or is written to.
    private static void awaitRest(OpenDirectory directory, String name) throws IOException {
        long start = System.nanoTime();
        Optional<FileTime> first = directory.find(name).map(PosixFileAttributes::lastModifiedTime);
        Optional<FileTime> now = first;
        while (now.isPresent()
                && now.equals(first)
                && isFresh(now.get())
                && System.nanoTime() - start < UNLOCKED_MAX.toNanos()) {
            LockSupport.parkNanos(directory, POLL_NANOS);
            now = directory.find(name).map(PosixFileAttributes::lastModifiedTime);
        }
    }

    /// Whether the only upload of `key` under way, to `target`, can have the key's name for its
    /// file, which it has not made yet. What has the name is adopted, if it was left.
    static boolean isNameFree(OpenDirectory directory, Replacements.Key key, String target)
            throws IOException {
        return directory.find(key.uploadName()).isEmpty() || adopt(directory, key, target, true);
    }

    private static boolean adopt(
            OpenDirectory directory, Replacements.Key key, String target, boolean isCallersOwn)
            throws IOException {
        String name = key.uploadName();
        try (DirectoryLocks.Held _ = ADOPTING.lock(key.directory())) {
            Optional<PosixFileAttributes> left = directory.find(name);
            if (left.isEmpty()) {
                return true;
            }
            if ((!isCallersOwn && Replacements.isUnderWay(key)) || !isUnlocked(directory, name)) {
                return false;
            }
            if (left.get().size() > 0 || directory.find(target).isPresent()) {
                directory.move(name, directory, key.partialName());
            } else {
                HiddenFiles.forget(directory, key);
                directory.deleteFile(name);
            }
            return true;
        } catch (AccessDeniedException e) {
            LOG.log(Level.DEBUG, "left upload not taken over cause={0}", e.getMessage());
            return false;
        }
    }

    /// Whether it may be on its way from being made to being locked, or from being unlocked to its
    /// place, in another process.
    private static boolean isFresh(FileTime modified) {
        return modified.toInstant().isAfter(Instant.now().minus(UNLOCKED_MAX));
    }

    /// Not for what this process writes to: its locks go when it closes the file, by whatever
    /// descriptor.
    private static boolean isUnlocked(OpenDirectory directory, String name) throws IOException {
        if (directory
                .find(name)
                .filter(PosixFileAttributes::isRegularFile)
                .filter(upload -> !isFresh(upload.lastModifiedTime()))
                .isEmpty()) {
            return false;
        }
        try (FileChannel channel = directory.openForWrite(name)) {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException e) {
            LOG.log(Level.DEBUG, "upload of another run not locked cause={0}", e.getMessage());
            return false;
        }
    }
}
