package io.sealane.accounts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A password in memory: never printed, not serializable, wiped after use.
public final class Secret implements AutoCloseable {
    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Takes ownership of `bytes`, which are wiped on close.
    public static Secret adopt(byte[] bytes) {
        return new Secret(bytes);
    }

    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The bytes themselves, for a hash function; not to be kept.
    public byte[] expose() {
        return bytes;
    }

    public ByteBuffer exposeReadOnly() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /// A secret of its own with the same bytes, to be closed by whoever asked for it.
    public Secret copy() {
        return new Secret(bytes.clone());
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "***";
    }
}
