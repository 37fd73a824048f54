package io.sealane.vfs.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// By a descriptor of the file, whatever its name.
final class PinnedFile extends WorkFile {
    private final PinnedDirectory directory;
    private final int descriptor; // owned
    private final Path self;
    private final Statx.Identity identity;
    private boolean closed;

    private PinnedFile(
            PinnedDirectory directory,
            int descriptor,
            Statx.Identity identity,
            FileChannel channel) {
        super(channel);
        this.directory = directory;
        this.descriptor = descriptor;
        this.self = NativeTree.hostPath(descriptor);
        this.identity = identity;
    }

    /// Opens the file that `descriptor` stands for, and takes that over.
    ///
    /// @throws IOException also if it is no file: a pipe would be waited for
    @SuppressWarnings("resource") // Handed over: close closes it.
    static PinnedFile open(PinnedDirectory directory, int descriptor) throws IOException {
        try {
            Statx.Identity identity = NativeTree.fileIdentity(descriptor);
            FileChannel channel =
                    FileChannel.open(NativeTree.hostPath(descriptor), StandardOpenOption.WRITE);
            return new PinnedFile(directory, descriptor, identity, channel);
        } catch (IOException | RuntimeException | Error e) {
            NativeCalls.close(descriptor);
            throw e;
        }
    }

    @Override
    boolean isAt(String name) throws IOException {
        return identity.equals(directory.identityOf(name));
    }

    @Override
    void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        Files.setPosixFilePermissions(self(), permissions);
    }

    @Override
    void setModified(FileTime modified) throws IOException {
        Files.setLastModifiedTime(self(), modified);
    }

    @Override
    void force() throws IOException {
        try (FileChannel again = FileChannel.open(self(), StandardOpenOption.READ)) {
            again.force(true);
        }
    }

    @Override
    void setGroup(String model) throws IOException {
        Owner wanted = directory.ownerOf(model);
        if (Owner.of(self()).group() != wanted.group()) {
            Files.setAttribute(self(), Owner.UNIX_GROUP, wanted.group());
        }
    }

    @Override
    void setOwner(String model) throws IOException {
        Owner wanted = directory.ownerOf(model);
        if (Owner.of(self()).user() != wanted.user()) {
            Files.setAttribute(self(), Owner.UNIX_USER, wanted.user());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            super.close();
            NativeCalls.close(descriptor);
        }
    }

    private Path self() {
        if (closed) {
            throw new IllegalStateException("closed"); // The number may stand for another by now.
        }
        return self;
    }
}
