package io.sealane.vfs;

import io.sealane.vfs.memory.MemoryStorage;
import io.sealane.vfs.memory.MemoryStorageOptions;
import java.time.InstantSource;
import java.util.List;

/// The contract below a mount point that is not the root, with other mounts around it.
final class MountedStorageContractTest extends StorageContract {
    @Override
    protected Storage open(InstantSource clock) {
        MemoryStorageOptions options = MemoryStorageOptions.DEFAULTS.withClock(clock);
        return MountedStorage.of(
                List.of(
                        new Mount(VirtualPath.ROOT, MemoryStorage.create(options)),
                        new Mount(base(), MemoryStorage.create(options)),
                        new Mount(base().parent().child("other"), MemoryStorage.create(options))),
                clock);
    }

    @Override
    protected VirtualPath base() {
        return VirtualPath.ROOT.child("deep").child("below");
    }
}
