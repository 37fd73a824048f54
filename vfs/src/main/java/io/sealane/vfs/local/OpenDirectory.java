package io.sealane.vfs.local;

import io.sealane.vfs.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/// One directory, held open: every operation is relative to it, wherever it is moved meanwhile, and
/// follows no link at the name it is given. Belongs to one thread.
abstract sealed class OpenDirectory implements Closeable
        permits PinnedDirectory, StreamedDirectory {
    /// The name by which a directory knows itself.
    static final String SELF = ".";

    private static final System.Logger LOG = System.getLogger(OpenDirectory.class.getName());

    static Entry.Kind kindOf(PosixFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return Entry.Kind.FILE;
        }
        if (attributes.isDirectory()) {
            return Entry.Kind.DIRECTORY;
        }
        return attributes.isSymbolicLink() ? Entry.Kind.LINK : Entry.Kind.OTHER;
    }

    /// What is at `name`, empty if nothing is.
    final Optional<PosixFileAttributes> find(String name) throws IOException {
        if (isKnownFree(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(attributes(name));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Whether nothing is at `name`, where that can be told for less than [#attributes] costs.
    boolean isKnownFree(String name) throws IOException {
        return false;
    }

    /// What tells this directory from all others of its tree, for as long as it is there.
    abstract Object identity() throws IOException;

    final PosixFileAttributes attributes(String name) throws IOException {
        return view(name).readAttributes();
    }

    abstract FileChannel openForRead(String name) throws IOException;

    abstract FileChannel openForWrite(String name) throws IOException;

    /// Makes a file to write to.
    ///
    /// @param mode its permission bits, less the process's umask
    abstract WorkFile create(String name, int mode) throws IOException;

    /// Opens a file to go on with it.
    abstract WorkFile resume(String name) throws IOException;

    abstract void deleteFile(String name) throws IOException;

    abstract void deleteDirectory(String name) throws IOException;

    /// Gives `name` another name in one step, replacing a file there.
    ///
    /// @param target of the same tree
    abstract void move(String name, OpenDirectory target, String newName) throws IOException;

    final void setModified(String name, FileTime modified) throws IOException {
        view(name).setTimes(modified, null, null);
    }

    final void setPermissions(String name, Set<PosixFilePermission> permissions)
            throws IOException {
        view(name).setPermissions(permissions);
    }

    /// The names in this directory, once; `.` and `..` are not among them.
    ///
    /// @throws IOException also if the host lets nobody list it
    abstract Iterator<Path> names() throws IOException;

    /// Makes the names in this directory durable, where the system can.
    ///
    /// @return whether it could
    final boolean force() {
        try (FileChannel self = openForRead(SELF)) {
            self.force(true);
            return true;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "directory not synced cause={0}", e.getMessage());
            return false;
        }
    }

    /// Looks at `name` itself, also if it is a link.
    abstract PosixFileAttributeView view(String name);

    @Override
    public abstract void close();
}
