package io.sealane.server;

import io.sealane.accounts.Account;
import io.sealane.config.MountConfig;
import io.sealane.config.SecretPlaces;
import io.sealane.config.StorageConfig;
import io.sealane.config.TlsDemands;
import io.sealane.core.command.Services;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.vfs.LinkFollowingStorage;
import io.sealane.vfs.LinkFollowingStorage.Changes;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Gives each user local folders: the account's home, or the mounts of the configuration. A folder
/// that is missing is made. Safe from any thread.
final class LocalFiles implements Services.StorageProvider {
    private final StorageConfig config;
    private final SecretPlaces secrets;
    private final Map<VirtualPath, List<Layer>> demandsByMount;

    LocalFiles(StorageConfig config, SecretPlaces secrets) {
        this.config = config;
        this.secrets = secrets;
        this.demandsByMount = demandsByMount(config.mounts());
    }

    @Override
    public Storage open(Account account) throws StorageException {
        LocalStorageOptions options = options(account);
        if (account.home().isPresent()) {
            return withLinks(open(account.home().get(), options), List.of());
        }
        List<Mount> mounts = new ArrayList<>();
        for (MountConfig mount : config.mounts()) {
            Path folder = mount.local().forUser(account.name().text());
            VirtualPath at = pathOf(mount);
            mounts.add(new Mount(at, withLinks(open(folder, options), covered(at))));
        }
        boolean single = mounts.size() == 1 && mounts.getFirst().at().isRoot();
        return single
                ? mounts.getFirst().storage()
                : MountedStorage.of(mounts, InstantSource.system());
    }

    /// Where other mounts cover what the store of the mount at `at` has.
    private List<VirtualPath> covered(VirtualPath at) {
        return config.mounts().stream()
                .map(LocalFiles::pathOf)
                .filter(other -> other.startsWith(at) && !other.equals(at))
                .map(other -> other.relativeTo(at))
                .toList();
    }

    private Storage withLinks(Storage storage, List<VirtualPath> covered) {
        return switch (config.symbolicLinks()) {
            case FOLLOW -> new LinkFollowingStorage(storage, Changes.ALLOWED, covered);
            case AS_TARGETS ->
                    new LinkFollowingStorage(storage, Changes.DENIED_OVER_LINKS, covered);
            case SHOW, HIDE -> storage;
        };
    }

    private static VirtualPath pathOf(MountConfig mount) {
        return VirtualPath.parse(mount.path()).orElseThrow();
    }

    /// Of the mounts that lead to `path` the longest; a home of its own has none.
    @Override
    public List<Layer> demands(Account account, VirtualPath path) {
        if (demandsByMount.isEmpty() || account.home().isPresent()) {
            return List.of();
        }
        return demandsByMount.entrySet().stream()
                .filter(mount -> path.startsWith(mount.getKey()))
                .max(Comparator.comparingInt(mount -> mount.getKey().names().size()))
                .map(Map.Entry::getValue)
                .orElse(List.of());
    }

    /// @return empty if no mount demands anything
    private static Map<VirtualPath, List<Layer>> demandsByMount(List<MountConfig> mounts) {
        if (mounts.stream().allMatch(mount -> mount.tls().equals(TlsDemands.NONE))) {
            return Map.of();
        }
        return mounts.stream()
                .collect(Collectors.toUnmodifiableMap(LocalFiles::pathOf, LocalFiles::demandsOf));
    }

    private static List<Layer> demandsOf(MountConfig mount) {
        return mount.tls().equals(TlsDemands.NONE)
                ? List.of()
                : List.of(
                        new Layer("mount " + mount.path(), ListenerPolicies.demands(mount.tls())));
    }

    /// Security: where a folder leads is known here alone. An account's home may be anything, and a
    /// folder may have become a link. It is asked before anything is made, and again of what was
    /// opened, which is what is served from then on.
    private LocalStorage open(Path folder, LocalStorageOptions options) throws StorageException {
        requireHarmless(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new StorageException(
                    StorageException.Reason.BROKEN,
                    "cannot make " + folder + ": " + failed,
                    failed);
        }
        LocalStorage storage = LocalStorage.open(folder, options);
        requireHarmless(storage.root());
        return storage;
    }

    private void requireHarmless(Path folder) throws StorageException {
        Optional<Path> reached = secrets.reachedFrom(folder);
        if (reached.isPresent()) {
            throw new StorageException(
                    StorageException.Reason.BROKEN,
                    folder + " reaches " + reached.get() + ", which clients must not");
        }
    }

    private LocalStorageOptions options(Account account) {
        // Security: not by the name alone, which another may be given when this account is gone.
        return LocalStorageOptions.ownedBy(account.name().text() + '\0' + account.number())
                .withPartialKeptFor(config.partialsKept())
                .withDurability(
                        switch (config.durability()) {
                            case FSYNC -> LocalStorageOptions.Durability.FSYNC;
                            case FLUSH -> LocalStorageOptions.Durability.FLUSH;
                        });
    }
}
