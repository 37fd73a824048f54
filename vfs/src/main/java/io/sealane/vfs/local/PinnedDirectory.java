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
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// By a descriptor that stands for the directory and opens nothing (`O_PATH`): to work on names in
/// it takes the right to enter it, and none to list it, as folders have that anybody may put
/// something into and nobody may look through. The JDK is given names below `/proc/self/fd/N`,
/// which the system looks up in exactly that directory.
final class PinnedDirectory extends OpenDirectory {
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
    WorkFile create(String name, int mode) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = NativeCalls.makeFile(arena, opened(), name, mode);
            try {
                return PinnedFile.open(this, descriptor);
            } catch (IOException | RuntimeException | Error unopened) {
                Closing.undo(unopened, () -> deleteFile(name));
                throw unopened;
            }
        }
    }

    @Override
    WorkFile resume(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return PinnedFile.open(this, NativeCalls.openNode(arena, opened(), name));
        }
    }

    @Override
    void deleteFile(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            NativeCalls.removeFile(arena, opened(), name);
        }
    }

    @Override
    void deleteDirectory(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            NativeCalls.removeDirectory(arena, opened(), name);
        }
    }

    @Override
    void move(String name, OpenDirectory target, String newName) throws IOException {
        Files.move(
                at(name), ((PinnedDirectory) target).at(newName), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Measured: the JDK walks through `/proc`, and makes an exception with its trace, which for
    /// the names that an upload finds free was a tenth of all that a file of 4 KiB costs.
    @Override
    boolean isKnownFree(String name) throws IOException {
        try {
            identityOf(name);
            return false;
        } catch (NativeException failed) {
            return failed.errno() == NativeException.NO_SUCH_ENTRY;
        }
    }

    @Override
    Object identity() throws IOException {
        return identityOf(SELF);
    }

    Owner ownerOf(String name) throws IOException {
        return Owner.of(at(name), LinkOption.NOFOLLOW_LINKS);
    }

    Statx.Identity identityOf(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Statx stat = new Statx(arena);
            NativeCalls.stat(NativeCalls.newErrno(arena), opened(), arena.allocateFrom(name), stat);
            return stat.identity();
        }
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
        int ignored = opened();
        return self.resolve(name);
    }

    private int opened() {
        if (closed) {
            throw new IllegalStateException("closed"); // The number may stand for another by now.
        }
        return descriptor;
    }
}
