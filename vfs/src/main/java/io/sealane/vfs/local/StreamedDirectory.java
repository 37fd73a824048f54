package io.sealane.vfs.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// By the JDK alone, which opens no directory that the host does not let it list.
final class StreamedDirectory extends OpenDirectory {
    /// Taken for reading while a name is looked at and then opened, for writing while something
    /// gets one: what was a directory is one yet. Held during two calls; other processes are not
    /// held off by it.
    private static final ReentrantReadWriteLock NAMES = new ReentrantReadWriteLock();

    private final SecureDirectoryStream<Path> stream; // owned

    private StreamedDirectory(SecureDirectoryStream<Path> stream) {
        this.stream = stream;
    }

    /// Opens a directory by host path; links in it are followed.
    @SuppressWarnings("StreamResourceLeak") // Handed over: close closes it.
    static StreamedDirectory atHostPath(Path path) throws IOException {
        return adopt((SecureDirectoryStream<Path>) Files.newDirectoryStream(path));
    }

    private static StreamedDirectory adopt(SecureDirectoryStream<Path> stream) {
        return new StreamedDirectory(stream);
    }

    /// Opens a directory in this one.
    ///
    /// Security: it is looked at first. Of what is no directory, the JDK (25) closes one descriptor
    /// twice, which may be another's by then, and another never, and it waits for a pipe's other
    /// end.
    StreamedDirectory child(String name) throws IOException {
        NAMES.readLock().lock();
        try {
            if (!attributes(name).isDirectory()) {
                throw new NotDirectoryException(name);
            }
            return adopt(stream.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS));
        } finally {
            NAMES.readLock().unlock();
        }
    }

    /// What is at a name that the host gave, decodable or not.
    PosixFileAttributes attributes(Path name) throws IOException {
        return view(name).readAttributes();
    }

    @Override
    Object identity() throws IOException {
        return attributes(SELF).fileKey();
    }

    @Override
    FileChannel openForRead(String name) throws IOException {
        return open(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    FileChannel openForWrite(String name) throws IOException {
        return open(name, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    WorkFile create(String name, int mode) throws IOException {
        NAMES.writeLock().lock();
        try {
            return named(
                    name,
                    (FileChannel)
                            stream.newByteChannel(
                                    Path.of(name),
                                    Set.of(
                                            StandardOpenOption.WRITE,
                                            StandardOpenOption.CREATE_NEW,
                                            LinkOption.NOFOLLOW_LINKS),
                                    PosixFilePermissions.asFileAttribute(Modes.fromBits(mode))));
        } finally {
            NAMES.writeLock().unlock();
        }
    }

    @Override
    WorkFile resume(String name) throws IOException {
        return named(name, openForWrite(name));
    }

    private WorkFile named(String name, FileChannel channel) throws IOException {
        try {
            return new NamedFile(this, name, channel);
        } catch (IOException | RuntimeException | Error e) {
            Closing.quietly(channel);
            throw e;
        }
    }

    @Override
    void deleteFile(String name) throws IOException {
        stream.deleteFile(Path.of(name));
    }

    @Override
    void deleteDirectory(String name) throws IOException {
        stream.deleteDirectory(Path.of(name));
    }

    @Override
    void move(String name, OpenDirectory target, String newName) throws IOException {
        NAMES.writeLock().lock();
        try {
            stream.move(Path.of(name), ((StreamedDirectory) target).stream, Path.of(newName));
        } finally {
            NAMES.writeLock().unlock();
        }
    }

    @Override
    Iterator<Path> names() {
        return stream.iterator();
    }

    @Override
    PosixFileAttributeView view(String name) {
        return view(Path.of(name));
    }

    @Override
    public void close() {
        Closing.quietly(stream);
    }

    private FileChannel open(String name, Set<OpenOption> options) throws IOException {
        return (FileChannel) stream.newByteChannel(Path.of(name), options);
    }

    private PosixFileAttributeView view(Path name) {
        return stream.getFileAttributeView(
                name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
