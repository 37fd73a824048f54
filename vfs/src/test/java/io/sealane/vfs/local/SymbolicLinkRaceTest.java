package io.sealane.vfs.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.LinkFollowingStorage;
import io.sealane.vfs.LinkFollowingStorage.Changes;
import io.sealane.vfs.Placement;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.Upload;
import io.sealane.vfs.VirtualPath;
import io.sealane.vfs.local.LocalStorageOptions.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Someone with an account on the host swaps `root/contested`, a directory, with a link to a
/// directory outside as fast as he can, while the store is asked for everything it can do there.
final class SymbolicLinkRaceTest {
    private static final String CANARY = "canary";
    private static final String DECOY = "decoy";

    /// Enough for thousands of swaps on any machine; short enough for every build.
    private static final Duration RACE = Duration.ofMillis(1500);

    private static final FileTime CANARY_TIME =
            FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

    @TempDir Path host;

    private final VirtualPath contested = VirtualPath.ROOT.child("contested");
    private final AtomicBoolean over = new AtomicBoolean();

    @BeforeEach
    void layOut() throws IOException {
        for (Path directory : List.of(outside(), root().resolve("contested"))) {
            Files.createDirectories(directory.resolve("nested"));
        }
        Files.createDirectory(outside().resolve("canary-directory"));
        Files.writeString(outside().resolve("canary-only"), CANARY);
        Files.writeString(outside().resolve("file"), CANARY);
        Files.writeString(root().resolve("contested/file"), DECOY);
        Files.setLastModifiedTime(outside().resolve("file"), CANARY_TIME);
        Files.createSymbolicLink(host.resolve("link"), outside());
    }

    @Test
    void links_swapped_in_lead_nowhere_with_native_calls() throws Exception {
        race(LocalStorage.open(root(), options()));
    }

    @Test
    void links_swapped_in_lead_nowhere_without_native_calls() throws Exception {
        race(LocalStorage.openPortably(root(), options()));
    }

    @Test
    void links_swapped_in_lead_nowhere_where_links_are_followed() throws Exception {
        Storage storage = LocalStorage.open(root(), options());
        race(new LinkFollowingStorage(storage, Changes.ALLOWED, List.of()));
    }

    private void race(Storage storage) throws Exception {
        List<String> before = outsideNames();
        long succeeded = 0;
        long swaps;
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
            Future<Long> swapper = threads.submit(this::swap);
            List<Future<Long>> users = new ArrayList<>();
            for (Operation operation : operations(storage)) {
                users.add(threads.submit(() -> repeat(operation)));
            }
            try {
                swaps = swapper.get();
            } finally {
                over.set(true);
            }
            for (Future<Long> user : users) {
                succeeded += user.get();
            }
        }
        assertThat(swaps).isGreaterThan(100);
        assertThat(succeeded).as("operations that met the directory").isGreaterThan(100);
        assertThat(outsideNames()).isEqualTo(before);
        assertThat(outside().resolve("file")).hasContent(CANARY);
        assertThat(outside().resolve("canary-only")).hasContent(CANARY);
        assertThat(Files.getLastModifiedTime(outside().resolve("file"))).isEqualTo(CANARY_TIME);
        assertThat(Files.getPosixFilePermissions(outside().resolve("file"))).hasSizeGreaterThan(1);
    }

    /// Puts the link in the directory's place and back.
    private long swap() throws IOException {
        Path place = root().resolve("contested");
        Path parked = host.resolve("parked");
        Path link = host.resolve("link");
        Instant end = Instant.now().plus(RACE);
        long swaps = 0;
        while (Instant.now().isBefore(end)) {
            Files.move(place, parked, StandardCopyOption.ATOMIC_MOVE);
            Files.move(link, place, StandardCopyOption.ATOMIC_MOVE);
            Files.move(place, link, StandardCopyOption.ATOMIC_MOVE);
            Files.move(parked, place, StandardCopyOption.ATOMIC_MOVE);
            swaps++;
        }
        return swaps;
    }

    private long repeat(Operation operation) throws IOException {
        long succeeded = 0;
        while (!over.get()) {
            try {
                operation.run();
                succeeded++;
            } catch (StorageException e) {
                assertThat(e.reason())
                        .as(e.toString())
                        .isIn(
                                StorageException.Reason.NOT_FOUND,
                                StorageException.Reason.NOT_A_DIRECTORY,
                                StorageException.Reason.NOT_PERMITTED,
                                StorageException.Reason.ALREADY_EXISTS,
                                StorageException.Reason.NOT_EMPTY,
                                StorageException.Reason.BUSY);
            }
        }
        return succeeded;
    }

    private List<Operation> operations(Storage storage) {
        VirtualPath file = contested.child("file");
        return List.of(
                () -> assertThat(storage.stat(file).size()).isEqualTo(DECOY.length()),
                () -> assertThat(read(storage, file)).isEqualTo(DECOY),
                () -> assertNoCanaryListed(storage),
                () -> write(storage, file, new Placement.Replace(), DECOY),
                () -> write(storage, file, new Placement.Append(), ""),
                () -> storage.createDirectory(contested.child("made")),
                () -> storage.removeDirectory(contested.child("made")),
                () -> storage.removeDirectory(contested.child("canary-directory")),
                () -> storage.deleteFile(contested.child("canary-only")),
                () -> storage.rename(contested.child("canary-only"), contested.child("taken")),
                () -> storage.setModified(file, Instant.EPOCH),
                () -> storage.setMode(file, 0600));
    }

    private void assertNoCanaryListed(Storage storage) throws IOException {
        try (DirectoryReader reader = storage.list(contested)) {
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                assertThat(entry.name()).doesNotContain(CANARY);
            }
        }
    }

    private static String read(Storage storage, VirtualPath file) throws IOException {
        try (FileReader reader = storage.openForRead(file)) {
            ByteBuffer target = ByteBuffer.allocate(100);
            int count = reader.read(target, 0);
            return new String(target.array(), 0, Math.max(0, count), UTF_8);
        }
    }

    private static void write(
            Storage storage, VirtualPath file, Placement placement, String content)
            throws IOException {
        try (Upload upload = storage.openForWrite(file, placement)) {
            upload.write(ByteBuffer.wrap(content.getBytes(UTF_8)));
            upload.publish();
        }
    }

    private List<String> outsideNames() throws IOException {
        try (Stream<Path> names = Files.walk(outside())) {
            return names.map(Path::toString).sorted().toList();
        }
    }

    private Path root() {
        return host.resolve("root");
    }

    private Path outside() {
        return host.resolve("outside");
    }

    private static LocalStorageOptions options() {
        return LocalStorageOptions.ownedBy("me").withDurability(Durability.FLUSH);
    }

    private interface Operation {
        void run() throws IOException;
    }
}
