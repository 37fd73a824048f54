package io.sealane.conformance.model;

import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.Placement;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.Upload;
import io.sealane.vfs.VirtualPath;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// The files that are really there, read past the server.
final class Store {
    private final Storage storage;

    Store(Storage storage) {
        this.storage = storage;
    }

    /// Every path with its content; a directory has none.
    Map<String, Optional<byte[]>> everything() {
        Map<String, Optional<byte[]>> found = new TreeMap<>();
        try {
            collect(VirtualPath.ROOT, found);
        } catch (StorageException failed) {
            throw new IllegalStateException(failed);
        }
        return found;
    }

    private void collect(VirtualPath directory, Map<String, Optional<byte[]>> found)
            throws StorageException {
        try (DirectoryReader entries = storage.list(directory)) {
            for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
                VirtualPath path = directory.child(entry.name());
                if (entry.isDirectory()) {
                    found.put(path.toString(), Optional.empty());
                    collect(path, found);
                } else {
                    found.put(path.toString(), content(path.toString()));
                }
            }
        }
    }

    Optional<byte[]> content(String path) {
        try (FileReader file = storage.openForRead(path(path))) {
            ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(file.size()));
            while (all.hasRemaining() && file.read(all, all.position()) >= 0) {}
            return Optional.of(all.array());
        } catch (StorageException notThere) {
            return Optional.empty();
        }
    }

    /// Bytes kept of a broken upload.
    OptionalLong partialSize(String path) {
        try {
            return OptionalLong.of(storage.partialSize(path(path)));
        } catch (StorageException notThere) {
            return OptionalLong.empty();
        }
    }

    /// Bytes kept of a broken upload: 0 where all that is known is that it was to replace a file.
    OptionalLong kept(String path) {
        try {
            boolean isRemembered =
                    storage.stat(path(path)).isFile() && storage.isHalfReplaced(path(path));
            return isRemembered ? OptionalLong.of(partialSize(path).orElse(0)) : partialSize(path);
        } catch (StorageException notThere) {
            return partialSize(path);
        }
    }

    /// Takes away what is kept of a broken upload: `size` bytes.
    void forgetPartial(String path, long size) {
        try (Upload claimed = storage.openForWrite(path(path), new Placement.RestartAt(size))) {
            claimed.discard();
        } catch (StorageException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static VirtualPath path(String text) {
        return VirtualPath.parse(text).orElseThrow();
    }
}
