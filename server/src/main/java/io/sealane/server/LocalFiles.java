package io.sealane.server;

import io.sealane.accounts.Account;
import io.sealane.config.MountConfig;
import io.sealane.config.StorageConfig;
import io.sealane.core.command.Services;
import io.sealane.vfs.Mount;
import io.sealane.vfs.MountedStorage;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.VirtualPath;
import io.sealane.vfs.local.LocalStorage;
import io.sealane.vfs.local.LocalStorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Gives each user local folders: the account's home, or the mounts of the configuration. A folder
/// that is missing is made. Safe from any thread.
final class LocalFiles implements Services.StorageProvider {
    private final StorageConfig config;

    LocalFiles(StorageConfig config) {
        this.config = config;
    }

    @Override
    public Storage open(Account account) throws StorageException {
        LocalStorageOptions options = options(account);
        if (account.home().isPresent()) {
            return open(account.home().get(), options);
        }
        List<Mount> mounts = new ArrayList<>();
        for (MountConfig mount : config.mounts()) {
            Path folder = mount.local().forUser(account.name().text());
            VirtualPath at = VirtualPath.parse(mount.path()).orElseThrow();
            mounts.add(new Mount(at, open(folder, options)));
        }
        boolean single = mounts.size() == 1 && mounts.getFirst().at().isRoot();
        return single
                ? mounts.getFirst().storage()
                : MountedStorage.of(mounts, InstantSource.system());
    }

    private static Storage open(Path folder, LocalStorageOptions options) throws StorageException {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new StorageException(
                    StorageException.Reason.BROKEN, "cannot make " + folder, failed);
        }
        return LocalStorage.open(folder, options);
    }

    private LocalStorageOptions options(Account account) {
        return LocalStorageOptions.ownedBy(account.name().text())
                .withPartialKeptFor(config.partialsKept())
                .withDurability(
                        switch (config.durability()) {
                            case FSYNC -> LocalStorageOptions.Durability.FSYNC;
                            case FLUSH -> LocalStorageOptions.Durability.FLUSH;
                        });
    }
}
