package io.sealane.conformance;

import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.ForwardingStorage;
import io.sealane.vfs.Placement;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.Upload;
import io.sealane.vfs.VirtualPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A store that a test looks into: which files are open, how often they were read, and two names
/// more than it has. `endless` has more octets than anybody reads; `gated` has its first ones, is
/// published, or has been listed, once [#openGate] was called; `denied` cannot be read. What is
/// written to `sink` is not kept. Safe from any thread.
final class WatchedStorage extends ForwardingStorage {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final long POLL_NANOS = 1_000_000;

    /// Size of `endless`.
    static final long ENDLESS_BYTES = 1L << 50;

    private static final long GATED_BYTES = 100;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger endlessInUse = new AtomicInteger();
    private final AtomicInteger publishing = new AtomicInteger();
    private final AtomicInteger discarded = new AtomicInteger();
    private final AtomicLong swallowed = new AtomicLong();

    WatchedStorage(Storage storage) {
        super(storage);
    }

    void openGate() {
        gate.countDown();
    }

    /// Calls of [FileReader#read] of all files but the endless ones.
    int reads() {
        return reads.get();
    }

    /// Uploads that were discarded.
    int discarded() {
        return discarded.get();
    }

    /// Octets that were published in `sink`.
    long swallowed() {
        return swallowed.get();
    }

    void awaitNothingOpen() {
        await(() -> open.get() == 0);
    }

    /// Waits until so many files are being read.
    void awaitOpen(int count) {
        await(() -> open.get() == count);
    }

    /// Waits until so many readers are in the middle of an endless file.
    void awaitEndless(int count) {
        await(() -> endlessInUse.get() == count);
    }

    /// Waits until `gated` would be published.
    void awaitPublishing() {
        await(() -> publishing.get() > 0);
    }

    private void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (deadline - System.nanoTime() < 0) {
                throw new AssertionError(open + " files open, " + endlessInUse + " of them read");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// Has no links, and is looked into on every way.
    @Override
    public Storage withoutLinks() {
        return this;
    }

    @Override
    public Entry stat(VirtualPath path) throws StorageException {
        return isMadeUp(path) ? storage().stat(hello()).named(path.name()) : super.stat(path);
    }

    @Override
    public Optional<String> revision(VirtualPath file) throws StorageException {
        return isMadeUp(file) ? Optional.empty() : super.revision(file);
    }

    @Override
    public DirectoryReader list(VirtualPath directory) throws StorageException {
        return !directory.isRoot() && directory.name().equals("gated")
                ? new GatedDirectory()
                : super.list(directory);
    }

    @Override
    public FileReader openForRead(VirtualPath file) throws StorageException {
        FileReader opened =
                switch (file.name()) {
                    case "endless" -> new EndlessReader();
                    case "gated" -> new GatedReader();
                    case "denied" ->
                            throw new StorageException(
                                    StorageException.Reason.DENIED_BY_HOST, "denied: EACCES");
                    default -> new CountedReader(super.openForRead(file));
                };
        open.incrementAndGet();
        return opened;
    }

    @Override
    public Upload openForWrite(VirtualPath file, Placement placement) throws StorageException {
        return switch (file.name()) {
            case "sink" -> new SinkUpload();
            case "gated", "unprepared" ->
                    new GatedUpload(
                            super.openForWrite(file, placement), file.name().equals("unprepared"));
            default -> super.openForWrite(file, placement);
        };
    }

    private void awaitGate() {
        try {
            if (!gate.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the gate was never opened");
            }
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static boolean isMadeUp(VirtualPath path) {
        return List.of("endless", "gated", "denied").contains(path.name());
    }

    private static VirtualPath hello() {
        return VirtualPath.parse("/hello.txt").orElseThrow();
    }

    private final class EndlessReader implements FileReader {
        private boolean read;

        @Override
        public long size() {
            return ENDLESS_BYTES;
        }

        @Override
        public int read(ByteBuffer target, long offset) {
            if (!read) {
                read = true;
                endlessInUse.incrementAndGet();
            }
            int count = (int) Math.min(target.remaining(), ENDLESS_BYTES - offset);
            target.position(target.position() + count);
            return count > 0 ? count : -1;
        }

        @Override
        public long transferTo(long offset, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException("nobody sends it");
        }

        @Override
        public void close() {
            endlessInUse.addAndGet(read ? -1 : 0);
            open.decrementAndGet();
        }
    }

    private final class GatedReader implements FileReader {
        @Override
        public long size() {
            return GATED_BYTES;
        }

        @Override
        public int read(ByteBuffer target, long offset) {
            awaitGate();
            target.put(new byte[target.remaining()]);
            return target.position();
        }

        @Override
        public long transferTo(long offset, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException("nobody sends it");
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    /// Has nothing in it.
    private final class GatedDirectory implements DirectoryReader {
        GatedDirectory() {
            open.incrementAndGet();
        }

        @Override
        public @Nullable Entry next() {
            awaitGate();
            return null;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private final class CountedReader implements FileReader {
        private final FileReader file;

        CountedReader(FileReader file) {
            this.file = file;
        }

        @Override
        public long size() throws StorageException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer target, long offset) throws StorageException {
            reads.incrementAndGet();
            return file.read(target, offset);
        }

        @Override
        public long transferTo(long offset, long count, WritableByteChannel target)
                throws IOException {
            return file.transferTo(offset, count, target);
        }

        @Override
        public void close() {
            open.decrementAndGet();
            file.close();
        }
    }

    private final class GatedUpload implements Upload {
        private final Upload upload;
        private final boolean isGateAhead;
        private boolean isClosed;

        /// @param isGateAhead whether the gate is in front of its beginning, and not of its end
        GatedUpload(Upload upload, boolean isGateAhead) {
            this.upload = upload;
            this.isGateAhead = isGateAhead;
            open.incrementAndGet();
        }

        @Override
        public void setModeWhenNew(int mode) throws StorageException {
            upload.setModeWhenNew(mode);
        }

        @Override
        public long position() {
            return upload.position();
        }

        @Override
        public void write(ByteBuffer source) throws StorageException {
            upload.write(source);
        }

        @Override
        public boolean prepare() throws StorageException {
            return (!isGateAhead || gate.getCount() == 0) && upload.prepare();
        }

        @Override
        public boolean advance() throws StorageException {
            return upload.advance();
        }

        @Override
        public void publish() throws StorageException {
            publishing.incrementAndGet();
            if (!isGateAhead) {
                awaitGate();
            }
            upload.publish();
        }

        @Override
        public boolean isSuperseded() {
            return upload.isSuperseded();
        }

        @Override
        public void discard() {
            upload.discard();
        }

        @Override
        public void invalidate() {
            upload.invalidate();
        }

        @Override
        public void withdraw() {
            upload.withdraw();
        }

        @Override
        public void close() {
            open.addAndGet(isClosed ? 0 : -1);
            isClosed = true;
            upload.close();
        }
    }

    private final class SinkUpload implements Upload {
        private long count;

        SinkUpload() {
            open.incrementAndGet();
        }

        @Override
        public void setModeWhenNew(int mode) throws StorageException {}

        @Override
        public long position() {
            return 0;
        }

        @Override
        public void write(ByteBuffer source) {
            count += source.remaining();
            source.position(source.limit());
        }

        @Override
        public void publish() {
            swallowed.addAndGet(count);
        }

        @Override
        public boolean isSuperseded() {
            return false;
        }

        @Override
        public void discard() {
            discarded.incrementAndGet();
        }

        @Override
        public void invalidate() {}

        @Override
        public void withdraw() {
            discard();
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
