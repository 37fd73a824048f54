package io.sealane.core.limit;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A buffer lent by a pool until this is closed, so that `try` gives it back whatever happens.
public record LentBuffer(ByteBuffer octets, BufferPool pool) implements AutoCloseable {
    public static LentBuffer take(BufferPool pool, BufferPool.Size size) throws IOException {
        return new LentBuffer(pool.take(size), pool);
    }

    /// As [BufferPool#takeWide].
    public static LentBuffer takeWide(BufferPool pool) throws IOException {
        return new LentBuffer(pool.takeWide(), pool);
    }

    @Override
    public void close() {
        pool.give(octets);
    }
}
