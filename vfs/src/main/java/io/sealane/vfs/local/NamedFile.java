package io.sealane.vfs.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;

/// By the name that the file was opened by, where the JDK has nothing else. The name may be
/// another's when it is used, though it is looked at before; and changing a file by its name takes
/// its lock away.
final class NamedFile extends WorkFile {
    private final StreamedDirectory directory;
    private final String name;
    private final Object key;

    NamedFile(StreamedDirectory directory, String name, FileChannel channel) throws IOException {
        super(channel);
        this.directory = directory;
        this.name = name;
        this.key = directory.attributes(name).fileKey();
    }

    @Override
    boolean isAt(String other) throws IOException {
        return directory
                .find(other)
                .filter(there -> Objects.equals(there.fileKey(), key))
                .isPresent();
    }

    @Override
    void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        requireOwn();
        directory.setPermissions(name, permissions);
    }

    @Override
    void setModified(FileTime modified) throws IOException {
        requireOwn();
        directory.setModified(name, modified);
    }

    /// Its directory could be opened, and so made durable.
    @Override
    void force() {}

    @Override
    void setGroup(String model) throws IOException {
        requireOwn();
        PosixFileAttributes wanted = directory.attributes(model);
        if (!directory.attributes(name).group().equals(wanted.group())) {
            directory.view(name).setGroup(wanted.group());
        }
    }

    @Override
    void setOwner(String model) throws IOException {
        requireOwn();
        PosixFileAttributes wanted = directory.attributes(model);
        if (!directory.attributes(name).owner().equals(wanted.owner())) {
            directory.view(name).setOwner(wanted.owner());
        }
    }

    private void requireOwn() throws IOException {
        if (!isAt(name)) {
            throw new IOException(name + " is another file by now");
        }
    }
}
