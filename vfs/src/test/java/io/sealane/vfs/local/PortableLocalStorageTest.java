package io.sealane.vfs.local;

import io.sealane.vfs.StorageException;
import java.nio.file.Path;

/// Without native calls, as where they are denied.
final class PortableLocalStorageTest extends LocalStorageContract {
    @Override
    LocalStorage openRoot(Path root, LocalStorageOptions options) throws StorageException {
        return LocalStorage.openPortably(root, options);
    }
}
