package io.sealane.vfs.memory;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes that nobody changes any more. Immutable.
final class Content {
    static final Content EMPTY = new Content(new byte[0], 0);

    /// Largest array that every JVM gives.
    static final int BYTES_MAX = Integer.MAX_VALUE - 8;

    private final byte[] bytes;
    private final int size;

    private Content(byte[] bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    /// Takes over `bytes`, of which the first `size` count.
    static Content adopt(byte[] bytes, int size) {
        return new Content(bytes, size);
    }

    int size() {
        return size;
    }

    /// A copy of the first `count` bytes.
    byte[] copyOfFirst(int count) {
        return Arrays.copyOf(bytes, Math.min(count, size));
    }

    /// At most `count` bytes from `offset` on, which is inside.
    ByteBuffer slice(long offset, long count) {
        int length = (int) Math.min(count, size - offset);
        return ByteBuffer.wrap(bytes, (int) offset, length).asReadOnlyBuffer();
    }
}
