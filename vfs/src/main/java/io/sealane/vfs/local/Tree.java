package io.sealane.vfs.local;

import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.VirtualPath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Ways from the root of a store to something in it, without ever following a link. Safe from any
/// thread.
sealed interface Tree permits NativeTree, SecureTree {
    /// Opens a directory to work on the names in it.
    OpenDirectory open(VirtualPath directory) throws IOException;

    /// Pins what is at `path` now: what is done by the [Node] is done to that and nothing else.
    Node node(VirtualPath path) throws IOException;

    DirectoryReader list(VirtualPath directory) throws IOException;

    /// @throws IOException also if the name is taken
    void createDirectory(VirtualPath directory) throws IOException;

    /// @param text what the link says
    /// @throws IOException also if the name is taken
    void createLink(VirtualPath link, String text) throws IOException;

    /// Bytes that the file system under a directory can still take from this process.
    long bytesAvailable(VirtualPath directory) throws IOException;

    /// One file, directory, link or other thing. Belongs to one thread.
    interface Node extends Closeable {
        Entry entry();

        /// When content or attributes last changed, by the system's own word, where that is known.
        Optional<Instant> changed();

        /// Only for files.
        FileChannel openForRead() throws IOException;

        /// When content last changed, asked anew.
        FileTime modified() throws IOException;

        /// Only for files and directories.
        void setModified(FileTime modified) throws IOException;

        /// Only for files and directories.
        void setPermissions(Set<PosixFilePermission> permissions) throws IOException;

        @Override
        void close();
    }
}
