package io.sealane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.accounts.Account;
import io.sealane.accounts.UserName;
import io.sealane.config.ConfigDefaults;
import io.sealane.config.LocalFolder;
import io.sealane.config.MountConfig;
import io.sealane.config.SealaneConfig;
import io.sealane.config.SecretPlaces;
import io.sealane.config.StorageConfig;
import io.sealane.config.SymbolicLinks;
import io.sealane.vfs.Entry.Kind;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A mount at `/`, another at `/in/private` whose folder the first one holds, and links in the
/// first.
final class LocalFilesTest {
    @TempDir private Path host;

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectories(host.resolve("shared/in/private"));
        Files.writeString(host.resolve("shared/in/private/file"), "x");
        Files.writeString(host.resolve("shared/in/file"), "x");
        Files.createSymbolicLink(host.resolve("shared/to-file"), Path.of("in/file"));
        Files.createSymbolicLink(host.resolve("shared/to-private"), Path.of("in/private"));
        Files.createSymbolicLink(host.resolve("shared/around"), Path.of("in"));
        Files.createSymbolicLink(host.resolve("shared/in/private/self"), Path.of("file"));
    }

    private Storage files(SymbolicLinks links, Optional<Path> home) throws Exception {
        SealaneConfig config = ConfigDefaults.zeroConfig(host.resolve("working"));
        StorageConfig defaults = config.storage();
        StorageConfig storage =
                new StorageConfig(
                        List.of(mount("/", "shared"), mount("/in/private", "shared/in/private")),
                        defaults.durability(),
                        defaults.partialsKept(),
                        defaults.hiddenFiles(),
                        links,
                        defaults.ascii());
        Account account = new Account(UserName.parse("ann").orElseThrow(), true, home);
        return new LocalFiles(storage, SecretPlaces.of(config)).open(account);
    }

    private MountConfig mount(String path, String folder) {
        return new MountConfig(path, new LocalFolder(host.resolve(folder)));
    }

    private static Kind kind(Storage storage, String path) throws StorageException {
        return storage.stat(VirtualPath.parse(path).orElseThrow()).kind();
    }

    @Test
    void links_are_followed_but_not_to_where_another_mount_is() throws Exception {
        for (SymbolicLinks links : List.of(SymbolicLinks.FOLLOW, SymbolicLinks.AS_TARGETS)) {
            Storage storage = files(links, Optional.empty());
            assertThat(kind(storage, "/to-file")).isEqualTo(Kind.FILE);
            assertThat(kind(storage, "/in/private/self")).isEqualTo(Kind.FILE);
            assertThat(kind(storage, "/to-private")).isEqualTo(Kind.LINK);
            assertThat(kind(storage, "/around")).isEqualTo(Kind.LINK);
            for (String closed : List.of("/to-private/file", "/around/private/file")) {
                assertThatThrownBy(() -> kind(storage, closed))
                        .isInstanceOf(StorageException.class);
            }
        }
    }

    @Test
    void a_home_has_nothing_that_covers_it() throws Exception {
        Storage storage = files(SymbolicLinks.FOLLOW, Optional.of(host.resolve("shared")));
        assertThat(kind(storage, "/around/private/self")).isEqualTo(Kind.FILE);
    }

    @Test
    void no_link_is_followed_where_they_are_only_shown_or_hidden() throws Exception {
        for (SymbolicLinks links : List.of(SymbolicLinks.SHOW, SymbolicLinks.HIDE)) {
            assertThat(kind(files(links, Optional.empty()), "/to-file")).isEqualTo(Kind.LINK);
        }
    }
}
