package io.sealane.vfs.local;

import io.sealane.vfs.ReservedNames;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.VirtualPath;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The files that a store keeps for itself: how they are named, when they are too old, and how they
/// are cleared away. Safe from any thread.
///
/// | name | what |
/// |---|---|
/// | `.sealane-<target>.upload` | an upload in progress, in its target's directory |
/// | `.sealane-<run>-<random>.upload` | one beside it, or one that only adds to what is published |
/// | `.sealane-<target>.partial` | what came of a broken upload |
/// | `.sealane-<run>-<random>.staging` | a directory on its way into place, in the root |
///
/// `<target>` is a hash of the file's name and the owner. `<run>` names this process, so that it
/// never takes an upload of its own for a dead one. What a killed process left of an upload becomes
/// a partial when someone asks for that.
final class HiddenFiles {
    private static final System.Logger LOG = System.getLogger(HiddenFiles.class.getName());

    static final String UPLOAD_SUFFIX = ".upload";
    static final String PARTIAL_SUFFIX = ".partial";
    static final String STAGING_SUFFIX = ".staging";

    /// Most names looked at by one sweep: half a millisecond. A partial that is not reached is
    /// still refused by its age when someone asks for it.
    static final int SWEEP_NAMES_MAX = 1000;

    /// A directory is swept once in this time, when it is written to.
    private static final Duration SWEEP_INTERVAL = Duration.ofHours(1);

    /// Directories remembered as swept; sweeping a forgotten one again costs little.
    private static final int SWEPT_DIRECTORIES_MAX = 4096;

    /// Most hidden files that removing a directory takes away with it.
    private static final int LEFTOVERS_MAX = 10_000;

    private static final int RANDOM_BYTES = 8;
    private static final int HASH_CHARACTERS = 32; // 128 bits
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String RUN = randomText();

    private static final ReentrantLock LOCK = new ReentrantLock(); // guards SWEPT; no I/O meanwhile

    /// Of every store of the process: each login opens one of its own.
    private static final Map<Directory, Instant> SWEPT =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Directory, Instant> eldest) {
                    return size() > SWEPT_DIRECTORIES_MAX;
                }
            };

    private record Directory(Path root, VirtualPath path) {}

    private final Path root;
    private final LocalStorageOptions options;

    /// @param root of the store
    HiddenFiles(Path root, LocalStorageOptions options) {
        this.root = root;
        this.options = options;
    }

    static String newName(String suffix) {
        return ReservedNames.PREFIX + RUN + "-" + randomText() + suffix;
    }

    /// What the names of hidden files for `target` begin with, those of this store's owner.
    private String stem(String target) {
        byte[] hash =
                sha256().digest(
                                (target + "\0" + options.ownerKey())
                                        .getBytes(StandardCharsets.UTF_8));
        return ReservedNames.PREFIX + HexFormat.of().formatHex(hash).substring(0, HASH_CHARACTERS);
    }

    /// The partial kept for `target`, if it is there and not too old.
    Optional<PosixFileAttributes> findPartial(OpenDirectory directory, String target)
            throws IOException {
        String stem = stem(target);
        if (directory.find(stem + UPLOAD_SUFFIX).isPresent()) {
            LeftUploads.adopt(directory, Replacements.Key.of(directory, stem), target);
        }
        return directory
                .find(stem + PARTIAL_SUFFIX)
                .filter(PosixFileAttributes::isRegularFile)
                .filter(partial -> !isTooOld(partial));
    }

    /// Whether an upload of `key` to `target` is under way, in this process or, as far as can be
    /// told, another. Behind [#findPartial], which makes a partial of what a killed one left.
    boolean isUnderWay(OpenDirectory directory, Replacements.Key key, String target)
            throws IOException {
        if (Replacements.isUnderWay(key)) {
            return true;
        }
        Optional<PosixFileAttributes> upload =
                directory
                        .find(key.uploadName())
                        .filter(PosixFileAttributes::isRegularFile)
                        .filter(other -> !isTooOld(other));
        return upload.isPresent()
                && directory
                        .find(target)
                        .filter(published -> isOvertaken(upload.get(), published))
                        .isEmpty();
    }

    /// Whether `published` was made after anything came to the hidden file `older`.
    static boolean isOvertaken(PosixFileAttributes older, PosixFileAttributes published) {
        return published.creationTime().compareTo(older.lastModifiedTime()) > 0;
    }

    /// What uploads to `target` in `directory` have in common, those of this store's owner.
    Replacements.Key keyOf(OpenDirectory directory, String target) throws IOException {
        return Replacements.Key.of(directory, stem(target));
    }

    /// Whether the name is one of those that begin with the run, and this run.
    static boolean isOfThisRun(String name) {
        return name.startsWith(ReservedNames.PREFIX + RUN);
    }

    /// Removes what is kept of broken uploads to `target`, also by a killed process, and keeps
    /// nothing of those under way: it is no part of anything any more. What fails here is cleared
    /// away by its age.
    void forget(OpenDirectory directory, String target) {
        try {
            findPartial(directory, target);
            Replacements.Key key = keyOf(directory, target);
            Replacements.supersede(key);
            forget(directory, key);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "old partial not removed cause={0}", e.getMessage());
        }
    }

    /// The same where an upload of `key` has its name, so that no killed process can have left any.
    static void forget(OpenDirectory directory, Replacements.Key key) {
        try {
            directory.deleteFile(key.partialName());
        } catch (IOException e) {
            if (Failures.reasonOf(e) != Reason.NOT_FOUND) { // the usual case
                LOG.log(Level.WARNING, "old partial not removed cause={0}", e.getMessage());
            }
        }
    }

    /// Has the age of a hidden file begin anew.
    void touch(WorkFile file) throws IOException {
        file.setModified(FileTime.from(options.clock().instant()));
    }

    /// Clears away what is too old in `directory`, unless that was done lately. Failures do not
    /// matter: the next sweep tries again.
    void sweep(VirtualPath path, OpenDirectory directory) {
        if (!isSweepDue(new Directory(root, path))) {
            return;
        }
        try {
            Iterator<Path> names = directory.names();
            for (int seen = 0; seen < SWEEP_NAMES_MAX && names.hasNext(); seen++) {
                String name = names.next().getFileName().toString();
                if (ReservedNames.isReserved(name) && isDead(directory, name)) {
                    delete(directory, name);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // Someone else's sweep, or a directory that is going away.
        }
    }

    /// Empties a directory in which users see nothing.
    ///
    /// @return false if there is more in it than kept partials and dead uploads, or nobody may see
    ///   what there is
    boolean clearLeftovers(OpenDirectory directory) throws IOException {
        List<String> leftovers = new ArrayList<>();
        try {
            for (Iterator<Path> names = directory.names(); names.hasNext(); ) {
                String name = names.next().getFileName().toString();
                boolean isLeftover = ReservedNames.isReserved(name) && isLeftover(directory, name);
                if (!isLeftover || leftovers.size() == LEFTOVERS_MAX) {
                    return false;
                }
                leftovers.add(name);
            }
        } catch (AccessDeniedException _) {
            return false;
        } catch (DirectoryIteratorException e) {
            throw Failures.causeOf(e);
        }
        for (String name : leftovers) {
            delete(directory, name);
        }
        return true;
    }

    private boolean isSweepDue(Directory directory) {
        Instant now = options.clock().instant();
        LOCK.lock();
        try {
            Instant last = SWEPT.get(directory);
            boolean isLately =
                    last != null && !now.isBefore(last) && now.isBefore(last.plus(SWEEP_INTERVAL));
            if (isLately) {
                return false; // Unless the clock was set back since.
            }
            SWEPT.put(directory, now);
            return true;
        } finally {
            LOCK.unlock();
        }
    }

    private boolean isDead(OpenDirectory directory, String name) throws IOException {
        if (isOfThisRun(name)) {
            return false;
        }
        boolean isOurs =
                name.endsWith(UPLOAD_SUFFIX)
                        || name.endsWith(PARTIAL_SUFFIX)
                        || name.endsWith(STAGING_SUFFIX);
        return isOurs
                && directory.find(name).map(this::isTooOld).orElse(false)
                && (!name.endsWith(UPLOAD_SUFFIX) || LeftUploads.isLeft(directory, name));
    }

    private boolean isLeftover(OpenDirectory directory, String name) throws IOException {
        return name.endsWith(PARTIAL_SUFFIX)
                || (name.endsWith(UPLOAD_SUFFIX) && LeftUploads.isLeft(directory, name))
                || isDead(directory, name);
    }

    private static void delete(OpenDirectory directory, String name) throws IOException {
        if (name.endsWith(STAGING_SUFFIX)) {
            directory.deleteDirectory(name);
        } else {
            directory.deleteFile(name);
        }
    }

    private boolean isTooOld(PosixFileAttributes file) {
        return file.lastModifiedTime()
                .toInstant()
                .plus(options.partialKeptFor())
                .isBefore(options.clock().instant());
    }

    private static String randomText() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
