package io.sealane.vfs.local;

import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.VirtualPath;
import io.sealane.vfs.local.ProcessUser.Removal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Walks by `openat`, name by name, following nothing. What was reached is handed to the JDK as
/// `/proc/self/fd/N`, which leads to exactly that file, whatever its name is by then. So nothing
/// can be swapped between looking at a [Node] and doing something with it, and pipes and devices
/// are never opened by one.
final class NativeTree implements Tree {
    private final String root;
    private final Statx.Identity identity;
    private final OwnerNames owners = new OwnerNames();
    private final LeftOutNames.Told told = new LeftOutNames.Told();

    /// @param root without links in it
    /// @throws IOException also if there is one by now
    NativeTree(Path root) throws IOException {
        this.root = root.toString();
        try (Arena arena = Arena.ofConfined()) {
            int place = walk(arena, NativeCalls.openRoot(arena, "/"), root);
            try {
                this.identity = stat(arena, place).identity();
            } finally {
                NativeCalls.close(place);
            }
        }
    }

    @Override
    public OpenDirectory open(VirtualPath directory) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int place = walk(arena, directory);
            return new PinnedDirectory(place, hostPath(place));
        }
    }

    @Override
    public Node node(VirtualPath path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int parent = walk(arena, path.parent());
            if (path.isRoot()) {
                return pinned(arena, parent, path, Removal.NONE);
            }
            try {
                Removal removal = stat(arena, parent).removal();
                return pinned(
                        arena, NativeCalls.openNode(arena, parent, path.name()), path, removal);
            } finally {
                NativeCalls.close(parent);
            }
        }
    }

    /// Takes over `descriptor`.
    private Node pinned(Arena arena, int descriptor, VirtualPath path, Removal removal)
            throws IOException {
        try {
            int depth = path.parent().names().size();
            Statx stat = stat(arena, descriptor);
            Entry entry =
                    stat.toEntry(
                            path.name(),
                            owners,
                            removal,
                            () ->
                                    new NativeLinks(arena)
                                            .target(descriptor, arena.allocateFrom(""), depth));
            return new PinnedNode(descriptor, entry, Optional.of(stat.changed()));
        } catch (IOException | RuntimeException | Error e) {
            NativeCalls.close(descriptor);
            throw e;
        }
    }

    /// What a descriptor stands for, if that is a file.
    static Statx.Identity fileIdentity(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Statx stat = stat(arena, descriptor);
            if (stat.kind() != Entry.Kind.FILE) {
                throw new StorageException(Reason.BROKEN, "what should be a file is none");
            }
            return stat.identity();
        }
    }

    /// Looks at what a descriptor stands for.
    private static Statx stat(Arena arena, int descriptor) throws NativeException {
        Statx stat = new Statx(arena);
        NativeCalls.stat(NativeCalls.newErrno(arena), descriptor, arena.allocateFrom(""), stat);
        return stat;
    }

    @Override
    public DirectoryReader list(VirtualPath directory) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int place = walk(arena, directory);
            try {
                int listing = NativeCalls.openForListing(arena, place);
                try {
                    return new NativeDirectoryReader(listing, directory, owners, told);
                } catch (IOException | RuntimeException | Error e) {
                    NativeCalls.close(listing);
                    throw e;
                }
            } finally {
                NativeCalls.close(place);
            }
        }
    }

    @Override
    public void createDirectory(VirtualPath directory) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int parent = walk(arena, directory.parent());
            try {
                NativeCalls.makeDirectory(arena, parent, directory.name());
            } finally {
                NativeCalls.close(parent);
            }
        }
    }

    @Override
    public void createLink(VirtualPath link, String text) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int parent = walk(arena, link.parent());
            try {
                NativeCalls.makeLink(arena, text, parent, link.name());
            } finally {
                NativeCalls.close(parent);
            }
        }
    }

    @Override
    public long bytesAvailable(VirtualPath directory) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int place = walk(arena, directory);
            try {
                return Files.getFileStore(hostPath(place)).getUsableSpace();
            } finally {
                NativeCalls.close(place);
            }
        }
    }

    /// @return a descriptor that the caller closes
    private int walk(Arena arena, VirtualPath directory) throws IOException {
        return walk(arena, openRoot(arena), directory.names());
    }

    /// Security: who owns a directory above the root can put a link, or another directory, in its
    /// place.
    private int openRoot(Arena arena) throws IOException {
        int place = NativeCalls.openRoot(arena, root);
        try {
            if (!stat(arena, place).identity().equals(identity)) {
                throw new StorageException(Reason.BROKEN, root + " is another directory by now");
            }
            return place;
        } catch (IOException | RuntimeException | Error e) {
            NativeCalls.close(place);
            throw e;
        }
    }

    /// Goes on from `place`, which it takes over, by names that may be no links.
    ///
    /// @return a descriptor that the caller closes
    private static int walk(Arena arena, int place, Iterable<?> names) throws IOException {
        int reached = place;
        for (Object name : names) {
            int above = reached;
            try {
                reached = NativeCalls.openDirectory(arena, above, name.toString());
            } finally {
                NativeCalls.close(above);
            }
        }
        return reached;
    }

    static Path hostPath(int descriptor) {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    private record PinnedNode(int descriptor, Entry entry, Optional<Instant> changed)
            implements Node {
        @Override
        public FileChannel openForRead() throws IOException {
            return FileChannel.open(hostPath(descriptor), StandardOpenOption.READ);
        }

        @Override
        public FileTime modified() throws IOException {
            return Files.getLastModifiedTime(hostPath(descriptor));
        }

        @Override
        public void setModified(FileTime modified) throws IOException {
            Files.setLastModifiedTime(hostPath(descriptor), modified);
        }

        @Override
        public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
            Files.setPosixFilePermissions(hostPath(descriptor), permissions);
        }

        @Override
        public void close() {
            NativeCalls.close(descriptor);
        }
    }
}
