package io.sealane.core.transfer;

import io.sealane.core.limit.BufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A buffer lent by a pool until this is closed, so that `try` gives it back whatever happens.
record LentBuffer(ByteBuffer octets, BufferPool pool) implements AutoCloseable {
    static LentBuffer take(BufferPool pool, BufferPool.Size size) throws IOException {
        return new LentBuffer(pool.take(size), pool);
    }

    @Override
    public void close() {
        pool.give(octets);
    }
}
