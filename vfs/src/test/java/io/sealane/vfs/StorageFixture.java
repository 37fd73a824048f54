package io.sealane.vfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.vfs.StorageException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/// An empty [Storage] for each test, and words to say what is done with it.
public abstract class StorageFixture {
    protected static final Placement REPLACE = new Placement.Replace();
    protected static final Placement APPEND = new Placement.Append();

    /// Longer than any buffer in between.
    protected static final int LARGE_BYTES = 300_000;

    private final ManualClock clock = new ManualClock();

    private Storage storage;

    /// Opens an empty store.
    ///
    /// @param clock tells the age of kept partials
    protected abstract Storage open(InstantSource clock) throws IOException;

    /// How long the opened store keeps partials.
    protected Duration partialKeptFor() {
        return Duration.ofHours(24);
    }

    /// The directory that the tests work in; it exists in the opened store.
    protected VirtualPath base() {
        return VirtualPath.ROOT;
    }

    protected final Storage storage() {
        return storage;
    }

    protected final ManualClock clock() {
        return clock;
    }

    @BeforeEach
    final void openStorage() throws IOException {
        storage = open(clock);
    }

    protected final VirtualPath at(String name) {
        return base().child(name);
    }

    protected final void store(String name, String content) throws IOException {
        store(name, content.getBytes(UTF_8));
    }

    protected final void store(String name, byte[] content) throws IOException {
        store(at(name), content);
    }

    protected final void store(VirtualPath file, byte[] content) throws IOException {
        try (Upload upload = storage.openForWrite(file, REPLACE)) {
            upload.write(ByteBuffer.wrap(content));
            upload.publish();
        }
    }

    protected final void append(String name, String content) throws IOException {
        try (Upload upload = storage.openForWrite(at(name), APPEND)) {
            write(upload, content);
            upload.publish();
        }
    }

    protected final void breakOff(String name, String content) throws IOException {
        try (Upload upload = storage.openForWrite(at(name), REPLACE)) {
            write(upload, content);
        }
    }

    protected final void continueAt(String name, long offset, String content) throws IOException {
        try (Upload upload = storage.openForWrite(at(name), new Placement.RestartAt(offset))) {
            assertThat(upload.position()).isEqualTo(offset);
            write(upload, content);
            upload.publish();
        }
    }

    protected static void write(Upload upload, String content) throws StorageException {
        upload.write(ByteBuffer.wrap(content.getBytes(UTF_8)));
    }

    protected final String content(String name) throws IOException {
        return new String(bytes(name), UTF_8);
    }

    protected final byte[] bytes(String name) throws IOException {
        try (FileReader reader = storage.openForRead(at(name))) {
            ByteBuffer target = ByteBuffer.allocate((int) reader.size());
            while (target.hasRemaining() && reader.read(target, target.position()) >= 0) {
                assertThat(target.position()).isPositive();
            }
            return target.array();
        }
    }

    protected final List<String> names(VirtualPath directory) throws IOException {
        return entries(directory).stream().map(Entry::name).toList();
    }

    protected final List<Entry> entries(VirtualPath directory) throws IOException {
        return entries(storage, directory);
    }

    protected static List<Entry> entries(Storage storage, VirtualPath directory)
            throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryReader reader = storage.list(directory)) {
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    protected static void assertRefused(Reason reason, ThrowingCallable operation) {
        assertThatThrownBy(operation)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }

    protected static <T> List<T> runAll(List<Callable<T>> tasks) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> future : tasks.stream().map(threads::submit).toList()) {
                results.add(future.get());
            }
        }
        return results;
    }

    protected static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
