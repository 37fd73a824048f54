package io.sealane.vfs.local;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// The hidden file that an upload writes to, held open. Belongs to one thread.
///
/// Security: what is done by this is done to that file, as far as the way to it can tell: whoever
/// owns the directory can give its name to another, which may be one that he must not touch.
abstract sealed class WorkFile implements Closeable permits PinnedFile, NamedFile {
    private static final System.Logger LOG = System.getLogger(WorkFile.class.getName());

    private final FileChannel channel; // owned

    WorkFile(FileChannel channel) {
        this.channel = channel;
    }

    final FileChannel channel() {
        return channel;
    }

    /// Whether `name` in its directory is still this file's.
    abstract boolean isAt(String name) throws IOException;

    abstract void setPermissions(Set<PosixFilePermission> permissions) throws IOException;

    /// May take the lock of the file away with it.
    abstract void setModified(FileTime modified) throws IOException;

    /// Makes the content durable, once more and after the channel was closed.
    abstract void force() throws IOException;

    /// Gives it the group of the file `model` in its directory, if the host lets the server: it may
    /// have that group, or no way to have any.
    ///
    /// @return whether it has that group
    final boolean takeGroup(String model) {
        try {
            setGroup(model);
            return true;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "group not kept cause={0}", e.getMessage());
            return false;
        }
    }

    /// The same with the owner, behind which the server may have no right to it any more.
    final void takeOwner(String model) {
        try {
            setOwner(model);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "owner not kept cause={0}", e.getMessage());
        }
    }

    abstract void setGroup(String model) throws IOException;

    abstract void setOwner(String model) throws IOException;

    @Override
    public void close() {
        Closing.quietly(channel);
    }
}
