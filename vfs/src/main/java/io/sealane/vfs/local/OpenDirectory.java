package io.sealane.vfs.local;

import io.sealane.vfs.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/// One directory, held open: every operation is relative to it, wherever it is moved meanwhile, and
/// follows no link at the name it is given. Belongs to one thread.
final class OpenDirectory implements Closeable {
    /// The name by which a directory knows itself.
    static final String SELF = ".";

    private static final System.Logger LOG = System.getLogger(OpenDirectory.class.getName());

    private final SecureDirectoryStream<Path> stream; // owned

    private OpenDirectory(SecureDirectoryStream<Path> stream) {
        this.stream = stream;
    }

    /// Opens a directory by host path; links in it are followed.
    @SuppressWarnings("StreamResourceLeak") // Handed over: OpenDirectory.close closes it.
    static OpenDirectory atHostPath(Path path) throws IOException {
        return adopt((SecureDirectoryStream<Path>) Files.newDirectoryStream(path));
    }

    private static OpenDirectory adopt(SecureDirectoryStream<Path> stream) {
        return new OpenDirectory(stream);
    }

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
    Optional<PosixFileAttributes> find(String name) throws IOException {
        try {
            return Optional.of(attributes(name));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    PosixFileAttributes attributes(String name) throws IOException {
        return attributes(Path.of(name));
    }

    PosixFileAttributes attributes(Path name) throws IOException {
        return view(name).readAttributes();
    }

    /// Opens a directory in this one.
    ///
    /// Security: only for a `name` just seen to be a directory. Of anything else, the JDK (25)
    /// closes one descriptor twice and another never, and it waits for a pipe's other end.
    OpenDirectory child(String name) throws IOException {
        return adopt(stream.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS));
    }

    FileChannel openForRead(String name) throws IOException {
        return open(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    FileChannel openForWrite(String name) throws IOException {
        return open(name, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    FileChannel createFile(String name) throws IOException {
        return open(
                name,
                Set.of(
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE_NEW,
                        LinkOption.NOFOLLOW_LINKS));
    }

    /// @param permissions less the process's umask
    FileChannel createFile(String name, Set<PosixFilePermission> permissions) throws IOException {
        return (FileChannel)
                stream.newByteChannel(
                        Path.of(name),
                        Set.of(
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE_NEW,
                                LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(permissions));
    }

    void deleteFile(String name) throws IOException {
        stream.deleteFile(Path.of(name));
    }

    void deleteDirectory(String name) throws IOException {
        stream.deleteDirectory(Path.of(name));
    }

    /// Gives `name` another name in one step, replacing a file there.
    void move(String name, OpenDirectory target, String newName) throws IOException {
        stream.move(Path.of(name), target.stream, Path.of(newName));
    }

    void setModified(String name, FileTime modified) throws IOException {
        view(Path.of(name)).setTimes(modified, null, null);
    }

    void setPermissions(String name, Set<PosixFilePermission> permissions) throws IOException {
        view(Path.of(name)).setPermissions(permissions);
    }

    /// The names in this directory, once; `.` and `..` are not among them.
    Iterator<Path> names() {
        return stream.iterator();
    }

    /// Makes the names in this directory durable, where the system can.
    void force() {
        try (FileChannel self = openForRead(SELF)) {
            self.force(true);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "directory not synced cause={0}", e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "directory not closed cause={0}", e.getMessage());
        }
    }

    private FileChannel open(String name, Set<OpenOption> options) throws IOException {
        return (FileChannel) stream.newByteChannel(Path.of(name), options);
    }

    private PosixFileAttributeView view(Path name) {
        return stream.getFileAttributeView(
                name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
