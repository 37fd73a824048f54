package io.sealane.vfs.local;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// By a descriptor that stands for the directory and opens nothing (`O_PATH`): to work on names in
/// it takes the right to enter it, and none to list it, as folders have that anybody may put
/// something into and nobody may look through. The JDK is given names below `/proc/self/fd/N`,
/// which the system looks up in exactly that directory.
final class PinnedDirectory extends OpenDirectory {
    private static final String UNIX = "unix:";
    private static final String USER = "uid";
    private static final String GROUP = "gid";

    private final int descriptor; // owned
    private final Path self;
    private @Nullable DirectoryStream<Path> listing; // owned
    private boolean closed;

    /// Takes over `descriptor`.
    ///
    /// @param self what the JDK is to call it
    PinnedDirectory(int descriptor, Path self) {
        this.descriptor = descriptor;
        this.self = self;
    }

    @Override
    FileChannel openForRead(String name) throws IOException {
        return FileChannel.open(
                at(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    FileChannel openForWrite(String name) throws IOException {
        return FileChannel.open(
                at(name), Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    FileChannel createFile(String name) throws IOException {
        return FileChannel.open(
                at(name),
                Set.of(
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE_NEW,
                        LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    FileChannel createFile(String name, Set<PosixFilePermission> permissions) throws IOException {
        return FileChannel.open(
                at(name),
                Set.of(
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE_NEW,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(permissions));
    }

    @Override
    void deleteFile(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            NativeCalls.removeFile(arena, descriptor, name);
        }
    }

    @Override
    void deleteDirectory(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            NativeCalls.removeDirectory(arena, descriptor, name);
        }
    }

    @Override
    void move(String name, OpenDirectory target, String newName) throws IOException {
        Files.move(
                at(name), ((PinnedDirectory) target).at(newName), StandardCopyOption.ATOMIC_MOVE);
    }

    /// By numbers: names would be looked up.
    @Override
    boolean takeOwner(String name, String model) throws IOException {
        Owner wanted = ownerOf(model);
        Owner given = ownerOf(name);
        if (given.group != wanted.group && !isSet(name, GROUP, wanted.group)) {
            return false;
        }
        if (given.user != wanted.user) {
            isSet(name, USER, wanted.user);
        }
        return true;
    }

    private record Owner(int user, int group) {}

    private Owner ownerOf(String name) throws IOException {
        Map<String, Object> numbers =
                Files.readAttributes(
                        at(name), UNIX + USER + "," + GROUP, LinkOption.NOFOLLOW_LINKS);
        return new Owner(
                (Integer) Objects.requireNonNull(numbers.get(USER)),
                (Integer) Objects.requireNonNull(numbers.get(GROUP)));
    }

    private boolean isSet(String name, String which, int number) throws IOException {
        return isAllowed(() ->
                Files.setAttribute(at(name), UNIX + which, number, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // close closes it.
    Iterator<Path> names() throws IOException {
        if (listing != null) {
            throw new IllegalStateException("listed already");
        }
        listing = Files.newDirectoryStream(self);
        return listing.iterator();
    }

    @Override
    PosixFileAttributeView view(String name) {
        return Files.getFileAttributeView(
                at(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (listing != null) {
            Closing.quietly(listing);
        }
        NativeCalls.close(descriptor);
    }

    private Path at(String name) {
        if (closed) {
            throw new IllegalStateException("closed"); // The number may stand for another by now.
        }
        return self.resolve(name);
    }
}
