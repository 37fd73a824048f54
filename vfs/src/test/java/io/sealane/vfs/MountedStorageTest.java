package io.sealane.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealane.vfs.FailingStorage.Operation;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.memory.MemoryStorage;
import io.sealane.vfs.memory.MemoryStorageOptions;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The contract with a single mount at the root, and what more than one mount brings.
final class MountedStorageTest extends StorageContract {
    private static final Placement REPLACE = new Placement.Replace();
    private static final VirtualPath HOME = path("/home/me");
    private static final VirtualPath SHARED = path("/home/me/shared");

    private final MemoryStorage root = MemoryStorage.create();
    private final MemoryStorage home = MemoryStorage.create();
    private final FailingStorage shared = new FailingStorage(MemoryStorage.create());
    private final MountedStorage mounted =
            MountedStorage.of(
                    List.of(
                            new Mount(SHARED, shared),
                            new Mount(path("/pub"), MemoryStorage.create()),
                            new Mount(HOME, home),
                            new Mount(VirtualPath.ROOT, root)),
                    InstantSource.system());

    @Override
    protected Storage open(InstantSource clock) {
        Storage only = MemoryStorage.create(MemoryStorageOptions.DEFAULTS.withClock(clock));
        return MountedStorage.of(List.of(new Mount(VirtualPath.ROOT, only)), clock);
    }

    @Test
    void the_longest_mount_gets_the_request() throws IOException {
        storeAt("/file");
        storeAt("/home/me/file");
        storeAt("/home/me/shared/file");
        assertThat(root.stat(path("/file")).isFile()).isTrue();
        assertThat(home.stat(path("/file")).isFile()).isTrue();
        assertThat(shared.stat(path("/file")).isFile()).isTrue();
    }

    @Test
    void a_listing_shows_mount_points_and_the_ways_to_them_once() throws IOException {
        storeAt("/file");
        root.createDirectory(path("/home"));
        root.createDirectory(path("/pub"));
        assertThat(namesIn("/")).containsExactly("home", "pub", "file");
        assertThat(namesIn("/home")).containsExactly("me");
        assertThat(namesIn("/home/me")).containsExactly("shared");
    }

    @Test
    void a_way_to_a_mount_point_is_a_directory_that_no_store_needs_to_have() throws IOException {
        assertThat(namesIn("/")).containsExactly("home", "pub");
        Entry entry = mounted.stat(path("/home"));
        assertThat(entry.isDirectory()).isTrue();
        assertThat(entry.name()).isEqualTo("home");
        assertThat(namesIn("/home")).containsExactly("me");
    }

    @Test
    void a_mount_point_hides_a_file_of_the_same_name_below() throws IOException {
        storeInto(root, "/pub");
        storeInto(root, "/home");
        assertThat(entriesIn("/")).allMatch(Entry::isDirectory).hasSize(2);
        assertThat(mounted.stat(path("/pub")).isDirectory()).isTrue();
        assertThat(namesIn("/home")).containsExactly("me");
    }

    @Test
    void what_a_store_has_below_a_mount_point_is_hidden() throws IOException {
        root.createDirectory(path("/pub"));
        storeInto(root, "/pub/hidden");
        assertThat(namesIn("/pub")).isEmpty();
        assertRefused(Reason.NOT_FOUND, () -> mounted.stat(path("/pub/hidden")));
    }

    @Test
    void a_listed_place_has_the_entry_that_stat_gives() throws IOException {
        for (Entry entry : entriesIn("/")) {
            assertThat(entry).isEqualTo(mounted.stat(VirtualPath.ROOT.child(entry.name())));
        }
    }

    @Test
    void mount_points_and_the_ways_to_them_cannot_be_changed() {
        for (VirtualPath place : List.of(VirtualPath.ROOT, path("/home"), HOME, SHARED)) {
            assertRefused(Reason.NOT_PERMITTED, () -> mounted.removeDirectory(place));
            assertRefused(Reason.NOT_PERMITTED, () -> mounted.rename(place, path("/x")));
            assertRefused(Reason.NOT_PERMITTED, () -> mounted.setMode(place, 0700));
            assertRefused(Reason.NOT_PERMITTED, () -> mounted.setModified(place, Instant.EPOCH));
            assertRefused(Reason.ALREADY_EXISTS, () -> mounted.createDirectory(place));
            assertRefused(Reason.IS_A_DIRECTORY, () -> mounted.deleteFile(place));
            assertRefused(Reason.IS_A_DIRECTORY, () -> mounted.openForRead(place));
            assertRefused(Reason.IS_A_DIRECTORY, () -> mounted.openForWrite(place, REPLACE));
            assertRefused(Reason.NOT_FOUND, () -> mounted.partialSize(place));
        }
    }

    @Test
    void a_name_cannot_replace_a_mount_point() throws IOException {
        storeAt("/file");
        assertRefused(Reason.ALREADY_EXISTS, () -> mounted.rename(path("/file"), HOME));
    }

    @Test
    void a_rename_does_not_cross_mounts() throws IOException {
        storeAt("/file");
        storeAt("/home/me/file");
        assertRefused(
                Reason.CROSSES_STORES, () -> mounted.rename(path("/file"), path("/home/me/moved")));
        assertRefused(
                Reason.CROSSES_STORES,
                () -> mounted.rename(path("/home/me/file"), path("/home/me/shared/moved")));
        mounted.rename(path("/home/me/file"), path("/home/me/moved"));
        assertThat(home.stat(path("/moved")).isFile()).isTrue();
    }

    @Test
    void nothing_can_be_made_in_a_directory_that_only_leads_to_mounts() throws IOException {
        storeAt("/file");
        assertRefused(Reason.NOT_PERMITTED, () -> mounted.createDirectory(path("/home/you")));
        assertRefused(Reason.NOT_PERMITTED, () -> mounted.openForWrite(path("/home/x"), REPLACE));
        assertRefused(Reason.NOT_PERMITTED, () -> mounted.rename(path("/file"), path("/home/x")));
        root.createDirectory(path("/home"));
        mounted.createDirectory(path("/home/you"));
        assertThat(namesIn("/home")).containsExactly("me", "you");
    }

    @Test
    void without_a_mount_at_the_root_only_the_mounts_are_there() throws IOException {
        MountedStorage single =
                MountedStorage.of(List.of(new Mount(HOME, home)), InstantSource.system());
        assertThat(single.stat(VirtualPath.ROOT).isDirectory()).isTrue();
        try (DirectoryReader reader = single.list(VirtualPath.ROOT)) {
            Entry entry = reader.next();
            assertThat(entry).isEqualTo(single.stat(path("/home")));
            assertThat(reader.next()).isNull();
        }
        assertRefused(Reason.NOT_FOUND, () -> single.stat(path("/x")));
        assertRefused(Reason.NOT_FOUND, () -> single.list(path("/x")));
        assertRefused(Reason.NOT_PERMITTED, () -> single.createDirectory(path("/x")));
    }

    @Test
    void file_keys_of_two_stores_differ() throws IOException {
        storeAt("/home/me/file");
        storeAt("/pub/file");
        assertThat(mounted.stat(path("/home/me/file")).fileKey())
                .isNotEqualTo(mounted.stat(path("/pub/file")).fileKey());
    }

    @Test
    void a_mounted_store_that_fails_does_not_spoil_the_listing_of_its_parent() throws IOException {
        shared.fail(Operation.STAT, Reason.BROKEN);
        shared.fail(Operation.LIST, Reason.BROKEN);
        assertThat(namesIn("/home/me")).containsExactly("shared");
        assertRefused(Reason.BROKEN, () -> mounted.list(SHARED));
        shared.heal();
        assertThat(namesIn("/home/me/shared")).isEmpty();
    }

    @Test
    void two_mounts_at_one_path_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        MountedStorage.of(
                                List.of(new Mount(HOME, home), new Mount(HOME, root)),
                                InstantSource.system()));
    }

    private void storeAt(String path) throws IOException {
        storeInto(mounted, path);
    }

    private static void storeInto(Storage storage, String path) throws IOException {
        try (Upload upload = storage.openForWrite(path(path), REPLACE)) {
            upload.publish();
        }
    }

    private List<String> namesIn(String directory) throws IOException {
        return entriesIn(directory).stream().map(Entry::name).toList();
    }

    private List<Entry> entriesIn(String directory) throws IOException {
        return entries(mounted, path(directory));
    }

    private static VirtualPath path(String text) {
        return VirtualPath.parse(text).orElseThrow();
    }
}
