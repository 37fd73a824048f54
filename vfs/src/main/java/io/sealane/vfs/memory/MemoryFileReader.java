package io.sealane.vfs.memory;

import io.sealane.vfs.FileReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Reads what was published when it was opened. Belongs to one thread.
final class MemoryFileReader implements FileReader {
    private final Content content;

    MemoryFileReader(Content content) {
        this.content = content;
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public int read(ByteBuffer target, long offset) {
        if (offset >= content.size()) {
            return -1;
        }
        ByteBuffer source = content.slice(offset, target.remaining());
        int count = source.remaining();
        target.put(source);
        return count;
    }

    @Override
    public long transferTo(long offset, long count, WritableByteChannel target) throws IOException {
        return offset >= content.size() ? -1 : target.write(content.slice(offset, count));
    }

    @Override
    public void close() {}
}
