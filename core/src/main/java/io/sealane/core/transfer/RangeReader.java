package io.sealane.core.transfer;

import io.sealane.vfs.FileReader;
import io.sealane.vfs.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// A file that ends early, where RANG says. Belongs to one thread; owns the file it reads from.
public final class RangeReader implements FileReader {
    private final FileReader file; // owned
    private final long end;

    /// @param end offset of the first octet that is not read any more
    public RangeReader(FileReader file, long end) {
        this.file = file;
        this.end = end;
    }

    @Override
    public long size() throws StorageException {
        return Math.min(file.size(), end);
    }

    @Override
    public int read(ByteBuffer target, long offset) throws StorageException {
        if (offset >= end) {
            return -1;
        }
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + (end - offset)));
        try {
            return file.read(target, offset);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public long transferTo(long offset, long count, WritableByteChannel target) throws IOException {
        return offset >= end ? -1 : file.transferTo(offset, Math.min(count, end - offset), target);
    }

    @Override
    public void close() {
        file.close();
    }
}
