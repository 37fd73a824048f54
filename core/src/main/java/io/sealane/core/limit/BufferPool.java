package io.sealane.core.limit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Direct buffers, lent for as long as bytes move. Whoever takes a buffer gives it back, once.
///
/// What is lent never exceeds the limit given at creation: past it [#take] refuses. Of what comes
/// back a bounded number is kept for the next borrower, the newest first because it is still in the
/// processor's cache; the rest is left to the garbage collector.
///
/// Contents of a lent buffer are whatever its last borrower left; nobody but the process reads
/// them. Safe from any thread; the lock is held for a few instructions.
public final class BufferPool {
    /// Plaintext moved by one step of a transfer: sixteen TLS records of 16 KiB. Their ciphertext
    /// fits into one [Size#BULK] buffer.
    public static final int BULK_PLAINTEXT_BYTES = 256 * 1024;

    /// The sizes lent.
    public enum Size {
        /// What a control connection holds while it waits for a line, and all that it holds: more
        /// than the record of nearly any command.
        LINE(512, 4096),
        /// At least one TLS record with its overhead, at most 18,437 bytes (RFC 5246 section
        /// 6.2.3), behind the rest of another.
        RECORD(32 * 1024, 256),
        /// [#BULK_PLAINTEXT_BYTES] and what TLS adds to them.
        BULK(BULK_PLAINTEXT_BYTES + 16 * 1024, 64),
        /// What is written in the clear at once where it cannot go by the system alone; see
        /// [BufferPool#takeWide].
        WIDE(768 * 1024, 8);

        private final int bytes;
        private final int retainedMax;

        Size(int bytes, int retainedMax) {
            this.bytes = bytes;
            this.retainedMax = retainedMax;
        }

        /// Capacity of each buffer of this size.
        public int bytes() {
            return bytes;
        }
    }

    /// Part of all that may be lent from which on [#takeWide] is modest. 64 MiB of the server's.
    private static final int WIDE_SHARE = 16;

    private final long lentBytesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Size, ArrayDeque<ByteBuffer>> retained = new EnumMap<>(Size.class);
    private long lentBytes;

    /// @param lentBytesMax most bytes lent at any moment, all sizes together
    public BufferPool(long lentBytesMax) {
        if (lentBytesMax < Size.BULK.bytes) {
            throw new IllegalArgumentException("lentBytesMax below one buffer: " + lentBytesMax);
        }
        this.lentBytesMax = lentBytesMax;
        for (Size size : Size.values()) {
            retained.put(size, new ArrayDeque<>(size.retainedMax));
        }
    }

    /// Lends an empty buffer: position 0, limit at its capacity, big endian.
    ///
    /// @throws IOException if the limit is reached: this connection fails, the others go on
    public ByteBuffer take(Size size) throws IOException {
        lock.lock();
        try {
            if (lentBytes + size.bytes > lentBytesMax) {
                throw new IOException("buffer limit of " + lentBytesMax + " bytes reached");
            }
            lentBytes += size.bytes;
            ByteBuffer buffer = retainedOf(size).pollLast();
            if (buffer != null) {
                return buffer.clear();
            }
        } finally {
            lock.unlock();
        }
        return allocate(size);
    }

    /// Lends a buffer of [Size#WIDE], or of [Size#BULK] where so much is lent already that others
    /// may need the room.
    ///
    /// @throws IOException as [#take] does
    public ByteBuffer takeWide() throws IOException {
        boolean hasRoom = lentBytes() <= lentBytesMax / WIDE_SHARE;
        return take(hasRoom ? Size.WIDE : Size.BULK);
    }

    /// Takes a buffer back. It must come from [#take] of this pool and is not touched afterwards.
    public void give(ByteBuffer buffer) {
        Size size = sizeOf(buffer);
        lock.lock();
        try {
            lentBytes -= size.bytes;
            if (lentBytes < 0) {
                throw new IllegalStateException("a buffer was given back twice");
            }
            ArrayDeque<ByteBuffer> kept = retainedOf(size);
            if (kept.size() < size.retainedMax) {
                kept.addLast(buffer);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Bytes lent at this moment; zero when nothing moves and no control connection waits.
    public long lentBytes() {
        lock.lock();
        try {
            return lentBytes;
        } finally {
            lock.unlock();
        }
    }

    private ByteBuffer allocate(Size size) throws IOException {
        try {
            return ByteBuffer.allocateDirect(size.bytes);
        } catch (OutOfMemoryError outOfDirectMemory) {
            lock.lock();
            try {
                lentBytes -= size.bytes;
            } finally {
                lock.unlock();
            }
            throw new IOException("no direct memory left for a buffer", outOfDirectMemory);
        }
    }

    private ArrayDeque<ByteBuffer> retainedOf(Size size) {
        ArrayDeque<ByteBuffer> kept = retained.get(size);
        if (kept == null) {
            throw new IllegalStateException("no buffers of size " + size);
        }
        return kept;
    }

    private static Size sizeOf(ByteBuffer buffer) {
        for (Size size : Size.values()) {
            if (size.bytes == buffer.capacity() && buffer.isDirect()) {
                return size;
            }
        }
        throw new IllegalArgumentException("not a buffer of this pool: " + buffer);
    }
}
