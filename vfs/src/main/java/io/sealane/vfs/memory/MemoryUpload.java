package io.sealane.vfs.memory;

import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.Upload;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes on their way to a name. Belongs to one thread.
final class MemoryUpload implements Upload {
    private static final int CAPACITY_FIRST = 8 * 1024;

    private final MemoryStorage storage;
    private final UploadPlace place;
    private final Origin origin;
    private final int start;
    private int held; // of what it goes on from
    private byte[] bytes;
    private int position;
    private int modeWhenNew = Node.FileNode.MODE;
    private final Base base;
    private final long number;
    private boolean keepsNothingNew;
    private volatile boolean isSuperseded;
    private State state = State.RECEIVING;

    /// @param beginning the bytes that the upload goes on from, and more of an older one
    /// @param start how many it goes on from
    /// @param base what has to be published still when it is to take its place
    MemoryUpload(
            MemoryStorage storage,
            UploadPlace place,
            Origin origin,
            byte[] beginning,
            int start,
            Base base) {
        this.storage = storage;
        this.place = place;
        this.origin = origin;
        this.start = start;
        this.held = beginning.length;
        this.bytes = beginning;
        this.position = start;
        this.base = base;
        this.number = storage.nextNumber();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void write(ByteBuffer source) throws StorageException {
        requireReceiving();
        cut();
        int count = source.remaining();
        if (count > Content.BYTES_MAX - position) {
            throw new StorageException(Reason.STORE_FULL, "no array is longer");
        }
        reserve(count);
        if (count > bytes.length - position) {
            long doubled = Math.max(CAPACITY_FIRST, 2L * bytes.length);
            long capacity = Math.min(Content.BYTES_MAX, Math.max(doubled, position + (long) count));
            bytes = Arrays.copyOf(bytes, (int) capacity);
        }
        source.get(bytes, position, count);
        position += count;
    }

    @Override
    public void setModeWhenNew(int mode) {
        modeWhenNew = mode;
    }

    @Override
    public void publish() throws StorageException {
        requireReceiving();
        cut();
        try {
            storage.publish(this, Content.adopt(bytes, position), modeWhenNew);
            state = State.ENDED;
        } catch (StorageException refused) {
            if (refused.reason() == Reason.BUSY) {
                discard();
            }
            throw refused;
        }
    }

    @Override
    public boolean isSuperseded() {
        return isSuperseded;
    }

    @Override
    public void invalidate() {
        keepsNothingNew = true;
    }

    @Override
    public void discard() {
        if (state == State.RECEIVING) {
            cut();
            state = State.ENDED;
            storage.discard(this, position);
        }
    }

    @Override
    public void withdraw() {
        if (state != State.RECEIVING || origin == Origin.BEGUN) {
            discard();
        } else {
            position = Math.max(position, held);
            keep(position);
        }
    }

    @Override
    public void close() {
        if (state != State.RECEIVING) {
            return;
        }
        cut();
        boolean came = position > start && !keepsNothingNew;
        if (!isReplacement() || isSuperseded()) {
            discard();
        } else if (came) {
            keep(position);
        } else if (origin == Origin.CLAIMED) {
            keep(start);
        } else {
            keep(0);
        }
    }

    /// Gives up what an older upload had beyond the place that this one goes on from.
    private void cut() {
        storage.release(held - start);
        held = start;
    }

    private void keep(int bytesKept) {
        state = State.ENDED;
        storage.release(position - bytesKept);
        position = bytesKept;
        storage.keep(this, Content.adopt(bytes, position));
    }

    UploadPlace place() {
        return place;
    }

    Base base() {
        return base;
    }

    /// Greater than that of whatever began before.
    long number() {
        return number;
    }

    /// Whether it is to take the place of what is published, or only to add to it.
    boolean isReplacement() {
        return !(base instanceof Base.Published(Content content) && content.size() == start);
    }

    void supersede() {
        isSuperseded = true;
    }

    private void reserve(long count) throws StorageException {
        try {
            storage.reserve(count);
        } catch (StorageException full) {
            keepsNothingNew = true;
            throw full;
        }
    }

    private void requireReceiving() {
        if (state != State.RECEIVING) {
            throw new IllegalStateException("upload has ended");
        }
    }

    enum Origin {
        BEGUN,
        CLAIMED
    }

    sealed interface Base {
        record Anything() implements Base {}

        /// It began the file, as an append may, or was to replace nothing.
        record Nothing() implements Base {}

        /// It goes on from a copy of it, or was to replace that alone.
        record Published(Content content) implements Base {}
    }

    private enum State {
        RECEIVING,
        ENDED
    }

    /// @param directory stays the place also if it is renamed meanwhile
    record UploadPlace(Node.DirectoryNode directory, String name) {}
}
