package io.sealane.conformance;

import io.sealane.vfs.FileReader;
import io.sealane.vfs.Placement;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.Upload;
import io.sealane.vfs.VirtualPath;
import io.sealane.vfs.memory.MemoryStorage;
import io.sealane.vfs.memory.MemoryStorageOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/// The files of one user, as a test sees them from inside: past the server, on the store itself.
///
/// Each begins with `/hello.txt` (two lines ending in LF), `/empty.txt`, `/docs/guide.txt` and the
/// empty directory `/void`.
final class TestFiles {
    private final Storage storage;

    private TestFiles(Storage storage) {
        this.storage = storage;
    }

    static TestFiles fresh(InstantSource clock) {
        return in(MemoryStorage.create(MemoryStorageOptions.DEFAULTS.withClock(clock)));
    }

    /// The same in an empty store of the test's own.
    static TestFiles in(Storage empty) {
        TestFiles files = new TestFiles(empty);
        try {
            files.storage.createDirectory(path("/docs"));
            files.storage.createDirectory(path("/void"));
        } catch (StorageException impossible) {
            throw new IllegalStateException(impossible);
        }
        files.put("/hello.txt", text("hello\nworld\n"));
        files.put("/empty.txt", text(""));
        files.put("/docs/guide.txt", text("guide\n"));
        return files;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Storage storage() {
        return storage;
    }

    TestFiles put(String path, byte[] content) {
        try (Upload upload = storage.openForWrite(path(path), new Placement.Replace())) {
            upload.write(ByteBuffer.wrap(content));
            upload.publish();
            return this;
        } catch (StorageException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// What is published at `path`; empty if nothing is.
    Optional<byte[]> content(String path) {
        try (FileReader file = storage.openForRead(path(path))) {
            ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(file.size()));
            while (all.hasRemaining() && file.read(all, all.position()) >= 0) {}
            return Optional.of(all.array());
        } catch (StorageException failed) {
            return switch (failed.reason()) {
                case NOT_FOUND -> Optional.empty();
                case NOT_PERMITTED,
                        DENIED_BY_HOST,
                        ALREADY_EXISTS,
                        NOT_A_DIRECTORY,
                        IS_A_DIRECTORY,
                        NOT_EMPTY,
                        BAD_NAME,
                        BAD_OFFSET,
                        HALF_REPLACED,
                        CROSSES_STORES,
                        UNSUPPORTED,
                        STORE_FULL,
                        OVER_QUOTA,
                        BUSY,
                        OVERLOADED,
                        BROKEN ->
                        throw new IllegalStateException(failed);
            };
        }
    }

    boolean exists(String path) {
        return content(path).isPresent();
    }

    private static VirtualPath path(String text) {
        return VirtualPath.parse(text).orElseThrow();
    }
}
