package io.sealane.vfs.local;

import io.sealane.vfs.FileReader;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.VirtualPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/// An open file. Belongs to one thread.
final class LocalFileReader implements FileReader {
    /// What the JDK reports for EIO, which only the file can be the cause of.
    private static final String READ_FAILED =
            NativeCalls.available() ? NativeCalls.errorText(5) : "Input/output error";

    private final FileChannel channel; // owned
    private final VirtualPath path;

    /// Where [#transferTo] moved nothing last.
    private long stoodAt = -1;

    LocalFileReader(FileChannel channel, VirtualPath path) {
        this.channel = channel;
        this.path = path;
    }

    @Override
    public long size() throws StorageException {
        try {
            return channel.size();
        } catch (IOException e) {
            throw Failures.of(path, e);
        }
    }

    @Override
    public int read(ByteBuffer target, long offset) throws StorageException {
        try {
            return channel.read(target, offset);
        } catch (IOException e) {
            throw Failures.of(path, e);
        }
    }

    @Override
    public long transferTo(long offset, long count, WritableByteChannel target) throws IOException {
        try {
            long moved = channel.transferTo(offset, count, target);
            return moved == 0 && isEnd(offset) ? -1 : moved;
        } catch (IOException e) {
            String message = e.getMessage();
            if (message != null && message.startsWith(READ_FAILED)) {
                throw new StorageException(Reason.BROKEN, path + ": " + e, e);
            }
            throw e;
        }
    }

    /// Whether nothing was moved because nothing is left: most often the target takes no more. Some
    /// file systems (FUSE, network) say that a file is larger than it is.
    private boolean isEnd(long offset) throws IOException {
        boolean isAgain = stoodAt == offset;
        stoodAt = offset;
        return offset >= channel.size()
                || (isAgain && channel.read(ByteBuffer.allocate(1), offset) < 0);
    }

    @Override
    public void close() {
        Closing.quietly(channel);
    }
}
