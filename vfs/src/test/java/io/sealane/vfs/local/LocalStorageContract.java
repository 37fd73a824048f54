package io.sealane.vfs.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.vfs.Entry;
import io.sealane.vfs.Placement;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageContract;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.Upload;
import io.sealane.vfs.VirtualPath;
import io.sealane.vfs.local.LocalStorageOptions.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract on a host directory, and what is special about one. Run once with native calls and
/// once without.
abstract class LocalStorageContract extends StorageContract {
    private static final Placement REPLACE = new Placement.Replace();
    private static final String CANARY = "canary";

    @TempDir Path host;

    abstract LocalStorage openRoot(Path root, LocalStorageOptions options) throws StorageException;

    @Override
    protected Storage open(InstantSource clock) throws IOException {
        Files.createDirectories(outside());
        Files.writeString(outside().resolve("secret"), CANARY);
        Files.createDirectories(root());
        return openRoot(root(), options("me").withClock(clock));
    }

    @AfterEach
    void every_descriptor_is_closed_and_the_outside_untouched() throws IOException {
        assertThat(openBelow(host)).isEmpty();
        assertThat(outside().resolve("secret")).hasContent(CANARY);
        assertThat(hostNames(outside())).containsExactly("secret");
    }

    @AfterEach
    void no_upload_in_progress_is_left() throws IOException {
        try (Stream<Path> all = Files.walk(root())) {
            assertThat(all.map(Path::toString))
                    .noneMatch(name -> name.endsWith(".upload") && !name.contains("left-behind"));
        }
    }

    // Opening

    @Test
    void a_missing_root_cannot_be_opened() {
        assertRefused(Reason.NOT_FOUND, () -> openRoot(host.resolve("missing"), options("me")));
    }

    @Test
    void a_file_cannot_be_opened_as_a_root() {
        assertRefused(
                Reason.NOT_A_DIRECTORY, () -> openRoot(outside().resolve("secret"), options("me")));
    }

    @Test
    void the_root_may_be_reached_over_a_link() throws IOException {
        store("file", "x");
        Path link = Files.createSymbolicLink(host.resolve("link"), root());
        assertThat(openRoot(link, options("me")).stat(at("file")).size()).isEqualTo(1);
    }

    // Links and special files

    @Test
    void a_link_is_listed_as_a_link_and_never_followed() throws IOException {
        link("absolute", outside().resolve("secret"));
        link("relative", Path.of("../outside/secret"));
        link("directory", outside());
        link("upwards", Path.of(".."));
        link("dangling", Path.of("nowhere"));
        link("self", Path.of("self"));
        for (Entry entry : entries(base())) {
            VirtualPath link = at(entry.name());
            assertThat(entry.kind()).isEqualTo(Entry.Kind.LINK);
            assertThat(storage().stat(link)).isEqualTo(entry);
            assertRefused(Reason.NOT_PERMITTED, () -> storage().openForRead(link));
            assertRefused(Reason.NOT_PERMITTED, () -> storage().openForWrite(link, REPLACE));
            assertRefused(
                    Reason.NOT_PERMITTED,
                    () -> storage().openForWrite(link, new Placement.Append()));
            assertRefused(Reason.NOT_PERMITTED, () -> storage().setModified(link, Instant.EPOCH));
            assertRefused(Reason.NOT_PERMITTED, () -> storage().setMode(link, 0));
            assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().list(link));
            assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().removeDirectory(link));
            assertRefused(Reason.ALREADY_EXISTS, () -> storage().createDirectory(link));
            VirtualPath below = link.child("secret");
            assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().stat(below));
            assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().openForRead(below));
            assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().openForWrite(below, REPLACE));
            assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().deleteFile(below));
            assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().createDirectory(link.child("x")));
            assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().rename(below, at("x")));
        }
    }

    @Test
    void deleting_and_renaming_a_link_is_about_the_link() throws IOException {
        link("link", outside().resolve("secret"));
        link("directory", outside());
        storage().rename(at("link"), at("renamed"));
        storage().deleteFile(at("renamed"));
        storage().deleteFile(at("directory"));
        assertThat(names(base())).isEmpty();
    }

    @Test
    void a_file_renamed_over_a_link_replaces_the_link() throws IOException {
        link("link", outside().resolve("secret"));
        store("file", "x");
        storage().rename(at("file"), at("link"));
        assertThat(content("link")).isEqualTo("x");
    }

    @Test
    void an_upload_replaces_a_link_that_took_its_name_meanwhile() throws IOException {
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            write(upload, "x");
            link("file", outside().resolve("secret"));
            upload.publish();
        }
        assertThat(storage().stat(at("file")).isFile()).isTrue();
        assertThat(content("file")).isEqualTo("x");
    }

    @Test
    void a_pipe_is_listed_and_never_opened() throws Exception {
        run("mkfifo", root().resolve("pipe").toString());
        assertThat(storage().stat(at("pipe")).kind()).isEqualTo(Entry.Kind.OTHER);
        assertThat(entries(base())).extracting(Entry::kind).containsExactly(Entry.Kind.OTHER);
        assertRefused(Reason.NOT_PERMITTED, () -> storage().openForRead(at("pipe")));
        assertRefused(Reason.NOT_PERMITTED, () -> storage().openForWrite(at("pipe"), REPLACE));
        assertRefused(Reason.NOT_PERMITTED, () -> storage().setModified(at("pipe"), Instant.EPOCH));
        assertRefused(Reason.NOT_PERMITTED, () -> storage().setMode(at("pipe"), 0));
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().list(at("pipe")));
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().stat(at("pipe").child("x")));
        storage().deleteFile(at("pipe"));
        assertThat(names(base())).isEmpty();
    }

    // Names

    @Test
    void what_no_path_can_express_is_not_listed() throws Exception {
        store("good", "x");
        Path script = host.resolve("make-names.sh");
        Files.writeString(
                script,
                """
                cd "$1"
                touch "$(printf 'bad\\377')" "$(printf 'line\\nbreak')" "$(printf 'cr\\rx')"
                touch "$(printf 'bell\\007')"
                """);
        run("sh", script.toString(), root().toString());
        assertThat(hostNames(root())).hasSize(5);
        List<String> told = new ArrayList<>();
        Logger log = Logger.getLogger(LeftOutNames.class.getName());
        log.setFilter(record -> {
            told.add(new SimpleFormatter().formatMessage(record));
            return false;
        });
        assertThat(names(base())).containsExactly("good");
        assertThat(names(base())).containsExactly("good");
        log.setFilter(null);
        assertThat(told)
                .containsExactly("names not listed, not UTF-8 or with control characters: 4 in /");
    }

    @Test
    void a_replacement_character_in_a_name_is_a_name_like_any_other() throws IOException {
        store("is \uFFFD it", "x");
        assertThat(names(base())).containsExactly("is \uFFFD it");
    }

    @Test
    void half_a_surrogate_pair_is_a_bad_name() {
        assertRefused(Reason.BAD_NAME, () -> storage().openForWrite(at("half \uD83D"), REPLACE));
        assertRefused(Reason.BAD_NAME, () -> storage().createDirectory(at("half \uD83D")));
        assertRefused(Reason.BAD_NAME, () -> storage().stat(at("half \uD83D")));
    }

    // Uploads on the host

    @Test
    void an_upload_in_progress_is_a_hidden_file_beside_its_target() throws IOException {
        storage().createDirectory(at("directory"));
        VirtualPath file = at("directory").child("file");
        try (Upload upload = storage().openForWrite(file, REPLACE)) {
            write(upload, "x");
            assertThat(hostNames(root().resolve("directory")))
                    .singleElement()
                    .asString()
                    .matches("\\.sealane-[0-9a-f-]+\\.upload");
        }
        assertThat(hostNames(root().resolve("directory")))
                .singleElement()
                .asString()
                .matches("\\.sealane-[0-9a-f]{32}\\.partial");
    }

    @Test
    void a_kept_partial_belongs_to_its_owner() throws IOException {
        LocalStorage other = openRoot(root(), options("you").withClock(clock()));
        breakOff("file", "12345");
        assertRefused(Reason.NOT_FOUND, () -> other.partialSize(at("file")));
        assertRefused(
                Reason.BAD_OFFSET,
                () -> other.openForWrite(at("file"), new Placement.RestartAt(5)));
        LocalStorage again = openRoot(root(), options("me").withClock(clock()));
        assertThat(again.partialSize(at("file"))).isEqualTo(5);
    }

    @Test
    void what_others_have_replaced_since_is_not_replaced_by_the_rest_of_an_older_upload()
            throws IOException {
        LocalStorage other = openRoot(root(), options("you").withClock(clock()));
        store("file", "published");
        breakOff("file", "12345");
        for (String name : hostNames(root())) { // The host's clock may not have ticked since.
            Files.setLastModifiedTime(
                    root().resolve(name), FileTime.from(clock().instant().minusSeconds(1)));
        }
        try (Upload upload = other.openForWrite(at("file"), REPLACE)) {
            write(upload, "another's");
            upload.publish();
        }
        other.setModified(at("file"), Instant.EPOCH);
        assertRefused(
                Reason.BAD_OFFSET,
                () -> storage().openForWrite(at("file"), new Placement.RestartAt(5)));
        assertThat(content("file")).isEqualTo("another's");
        store("file", "new");
        assertThat(content("file")).isEqualTo("new");
    }

    @Test
    void an_empty_partial_is_nothing_once_others_have_deleted_the_file() throws IOException {
        LocalStorage other = openRoot(root(), options("you").withClock(clock()));
        store("file", "published");
        storage().openForWrite(at("file"), REPLACE).close();
        other.deleteFile(at("file"));
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
    }

    @Test
    void what_a_killed_process_left_can_be_continued() throws IOException {
        leave("file", "12345");
        assertThat(storage().partialSize(at("file"))).isEqualTo(5);
        continueAt("file", 5, "678");
        leave("other", "12345");
        append("other", "678");
        assertThat(content("file")).isEqualTo("12345678");
        assertThat(content("other")).isEqualTo("12345678");
    }

    /// A server that is started again at once has clients that come back at once.
    @Test
    void what_a_process_left_that_was_killed_just_now_can_be_continued() throws IOException {
        Path upload = leave("file", "12345");
        Files.setLastModifiedTime(upload, FileTime.from(Instant.now()));
        assertThat(storage().partialSize(at("file"))).isEqualTo(5);
    }

    @Test
    void a_replacement_of_a_killed_process_is_remembered() throws IOException {
        store("file", "published");
        leave("file", "12345");
        assertThat(storage().isHalfReplaced(at("file"))).isTrue();
        assertRefused(
                Reason.HALF_REPLACED,
                () -> storage().openForWrite(at("file"), new Placement.Append()));
        store("file", "12345678");
        append("file", "9");
        assertThat(content("file")).isEqualTo("123456789");
        assertThat(hostNames(root())).containsExactly("file");
    }

    @Test
    void what_a_killed_process_left_goes_with_the_name_and_the_directory() throws IOException {
        store("file", "published");
        leave("file", "12345");
        storage().deleteFile(at("file"));
        assertThat(hostNames(root())).isEmpty();
        storage().createDirectory(at("directory"));
        Path left = Files.createFile(root().resolve("directory/.sealane-0123-left-behind.upload"));
        assertRefused(Reason.NOT_EMPTY, () -> storage().removeDirectory(at("directory")));
        Files.setLastModifiedTime(left, FileTime.from(clock().instant().minusSeconds(5)));
        storage().removeDirectory(at("directory"));
        assertThat(hostNames(root())).isEmpty();
    }

    @Test
    void an_upload_of_another_process_is_left_alone() throws Exception {
        store("file", "published");
        Path upload = leave("file", "12345");
        Files.setLastModifiedTime(upload, FileTime.from(clock().instant().plusSeconds(1)));
        try (LockingProcess _ = LockingProcess.holding(upload)) {
            assertThat(storage().isHalfReplaced(at("file"))).isTrue();
            assertRefused(
                    Reason.BUSY, () -> storage().openForWrite(at("file"), new Placement.Append()));
            Files.setLastModifiedTime(upload, FileTime.from(clock().instant().minusSeconds(5)));
            store("file", "new");
            assertThat(content("file")).isEqualTo("new");
            assertThat(storage().isHalfReplaced(at("file"))).isFalse();
            assertThat(upload).hasContent("12345");
        }
        storage().deleteFile(at("file"));
        assertThat(hostNames(root())).isEmpty();
    }

    /// As an upload looks whose process was killed.
    private Path leave(String name, String content) throws IOException {
        breakOff(name, content);
        String partial =
                hostNames(root()).stream()
                        .filter(hidden -> hidden.endsWith(".partial"))
                        .findFirst()
                        .orElseThrow();
        Path upload = root().resolve(partial.replace(".partial", ".upload"));
        Files.setLastModifiedTime(
                root().resolve(partial), FileTime.from(clock().instant().minusSeconds(5)));
        return Files.move(root().resolve(partial), upload);
    }

    @Test
    void writing_to_a_directory_clears_away_what_is_too_old() throws IOException {
        breakOff("broken", "12345");
        Path dead = root().resolve(".sealane-0123-left-behind.upload");
        Path young = root().resolve(".sealane-4567-left-behind.upload");
        Path staging = root().resolve(".sealane-0123-4567.staging");
        Files.createFile(dead);
        Files.setLastModifiedTime(dead, FileTime.from(clock().instant().minusSeconds(5)));
        Files.createFile(young);
        Files.createDirectory(staging);
        try (Upload running = storage().openForWrite(at("running"), REPLACE)) {
            write(running, "x");
            clock().advance(partialKeptFor().plusMinutes(1));
            Files.setLastModifiedTime(young, FileTime.from(clock().instant()));
            store("file", "x");
            assertThat(dead).doesNotExist();
            assertThat(staging).doesNotExist();
            assertThat(young).exists();
            running.publish();
        }
        assertThat(hostNames(root()))
                .containsExactlyInAnyOrder("file", "running", young.getFileName().toString());
    }

    /// Each login opens a store of its own.
    @Test
    void a_directory_is_looked_through_once_an_hour_for_all_stores() throws IOException {
        Path dead = root().resolve(".sealane-0123-left-behind.upload");
        store("before", "x");
        Files.createFile(dead);
        Files.setLastModifiedTime(
                dead, FileTime.from(clock().instant().minus(partialKeptFor()).minusSeconds(5)));

        storeByAnother("after");
        assertThat(dead).exists();

        clock().advance(Duration.ofHours(1));
        storeByAnother("later");
        assertThat(dead).doesNotExist();
    }

    private void storeByAnother(String name) throws IOException {
        LocalStorage other = openRoot(root(), options("you").withClock(clock()));
        try (Upload upload = other.openForWrite(at(name), REPLACE)) {
            upload.publish();
        }
    }

    @Test
    void a_claimed_partial_counts_as_young_again() throws IOException {
        breakOff("file", "12345");
        clock().advance(partialKeptFor().minusHours(1));
        storage().openForWrite(at("file"), new Placement.RestartAt(5)).close();
        clock().advance(Duration.ofHours(2));
        assertThat(storage().partialSize(at("file"))).isEqualTo(5);
    }

    @Test
    void an_upload_can_be_published_without_syncing() throws IOException {
        LocalStorage flushing = openRoot(root(), options("me").withDurability(Durability.FLUSH));
        try (Upload upload = flushing.openForWrite(at("file"), REPLACE)) {
            write(upload, "x");
            upload.publish();
        }
        assertThat(content("file")).isEqualTo("x");
    }

    @Test
    void making_a_directory_leaves_nothing_behind() throws IOException {
        storage().createDirectory(at("a"));
        assertRefused(Reason.ALREADY_EXISTS, () -> storage().createDirectory(at("a")));
        assertRefused(Reason.NOT_FOUND, () -> storage().createDirectory(at("none").child("a")));
        assertThat(hostNames(root())).containsExactly("a");
    }

    @Test
    void another_directory_in_the_place_of_the_root_is_not_opened() throws IOException {
        store("file", "x");
        Path moved = root().resolveSibling("moved");
        Path other = Files.createDirectory(root().resolveSibling("other"));
        Files.writeString(other.resolve("secret"), "secret");
        Files.move(root(), moved);
        Files.createSymbolicLink(root(), other);
        assertRefused(Reason.BROKEN, () -> storage().openForRead(at("secret")));
        assertRefused(Reason.BROKEN, () -> storage().list(base()));
        assertRefused(Reason.BROKEN, () -> storage().createDirectory(at("new")));
        Files.delete(root());
        Files.move(other, root());
        assertRefused(Reason.BROKEN, () -> storage().openForRead(at("secret")));
        Files.move(root(), other);
        Files.move(moved, root());
        assertThat(content("file")).isEqualTo("x");
    }

    // Permissions of the host

    @Test
    void what_the_host_shows_is_what_users_see() throws IOException {
        store("file", "12345");
        Path file = root().resolve("file");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        Entry entry = storage().stat(at("file"));
        assertThat(entry.mode()).hasValue(0751);
        assertThat(entry.owner()).isEqualTo(Files.getOwner(file).getName());
        assertThat(entry.modified()).isEqualTo(Files.getLastModifiedTime(file).toInstant());
        assertThat(entries(base())).containsExactly(entry);
    }

    /// What others of the host must not read they cannot read while it comes either, nor what is
    /// kept of it.
    @Test
    void what_comes_is_as_private_as_what_it_will_be() throws IOException {
        store("file", "12345");
        Files.setPosixFilePermissions(
                root().resolve("file"), PosixFilePermissions.fromString("rw-------"));
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            write(upload, "new");
            assertThat(modes()).containsExactly("rw-------", "rw-------");
        }
        assertThat(modes()).containsExactly("rw-------", "rw-------");
        storage().deleteFile(at("file"));
        try (Upload upload = storage().openForWrite(at("other"), REPLACE)) {
            upload.setModeWhenNew(0640);
            write(upload, "new");
            assertThat(modes()).containsExactly("rw-------");
            upload.publish();
        }
        assertThat(modes()).containsExactly("rw-r-----");
    }

    /// Its owner has to work on a file that nobody may write, or read, in the end.
    @Test
    void what_comes_can_be_worked_on_whatever_it_will_be() throws IOException {
        store("file", "12345");
        Path file = root().resolve("file");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-r-----"));
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            write(upload, "new");
            assertThat(modes()).containsExactlyInAnyOrder("rw-------", "-w-r-----");
            upload.publish();
        }
        assertThat(modes()).containsExactly("-w-r-----");
        try (Upload upload = storage().openForWrite(at("other"), REPLACE)) {
            upload.setModeWhenNew(0004);
            assertThat(modes()).contains("rw----r--");
            write(upload, "new");
            upload.publish();
        }
        assertThat(modes()).contains("------r--");
    }

    @Test
    void what_is_gone_on_from_is_as_private_as_the_file_is_by_now() throws IOException {
        store("file", "12345");
        breakOff("file", "123");
        Files.setPosixFilePermissions(
                root().resolve("file"), PosixFilePermissions.fromString("rw-------"));
        try (Upload upload = storage().openForWrite(at("file"), new Placement.RestartAt(3))) {
            write(upload, "new");
            assertThat(modes()).containsExactly("rw-------", "rw-------");
        }
    }

    private List<String> modes() throws IOException {
        List<String> modes = new ArrayList<>();
        for (String name : hostNames(root())) {
            modes.add(
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(root().resolve(name))));
        }
        return modes;
    }

    @Test
    void a_time_that_the_file_system_cannot_keep_is_refused_and_the_old_one_stays()
            throws IOException {
        store("file", "x");
        Instant before = storage().stat(at("file")).modified();
        for (String time : List.of("2300-01-01T00:00:00Z", "1600-01-01T00:00:00Z")) {
            assertRefused(
                    Reason.UNSUPPORTED,
                    () -> storage().setModified(at("file"), Instant.parse(time)));
            assertThat(storage().stat(at("file")).modified()).isEqualTo(before);
        }
    }

    @Test
    void an_append_copies_what_is_there_while_it_is_under_way() throws IOException {
        int steps = 3;
        long there = steps * (4L << 20);
        Path file = root().resolve("file");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 0);
            channel.write(ByteBuffer.wrap(new byte[] {2}), there - 1);
        }
        try (Upload upload = storage().openForWrite(at("file"), new Placement.Append())) {
            assertThat(upload.position()).isEqualTo(there);
            assertThat(Files.size(hiddenFile())).isZero();
            upload.write(ByteBuffer.wrap(new byte[] {3}));
            assertThat(upload.position()).isEqualTo(there + 1);
            assertThat(upload.advance()).isFalse();
            assertThat(upload.advance()).isTrue();
            upload.publish();
        }
        byte[] content = Files.readAllBytes(file);
        assertThat(content).hasSize((int) there + 1);
        assertThat(content[0]).isEqualTo((byte) 1);
        assertThat(content[(int) there - 1]).isEqualTo((byte) 2);
        assertThat(content[(int) there]).isEqualTo((byte) 3);
    }

    private Path hiddenFile() throws IOException {
        try (Stream<Path> all = Files.list(root())) {
            return all.filter(path -> path.getFileName().toString().startsWith(".sealane-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// As root everything is allowed, as anybody else it is not: both are held to what is said.
    @Test
    void a_directory_closed_by_the_host_allows_what_its_access_says() throws IOException {
        storage().createDirectory(at("dir"));
        Path directory = root().resolve("dir");
        for (String mode : List.of("-wx-wx-wx", "rw-rw-rw-", "---------")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
            assertDirectoryAllows(at("dir"), storage().stat(at("dir")).access());
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    // Vocabulary

    final Path root() {
        return host.resolve("root");
    }

    final Path outside() {
        return host.resolve("outside");
    }

    final void link(String name, Path target) throws IOException {
        Files.createSymbolicLink(root().resolve(name), target);
    }

    static LocalStorageOptions options(String owner) {
        return LocalStorageOptions.ownedBy(owner).withDurability(Durability.FSYNC);
    }

    static List<String> hostNames(Path directory) throws IOException {
        try (Stream<Path> names = Files.list(directory)) {
            return names.map(Path::getFileName).map(Path::toString).toList();
        }
    }

    static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    /// What this process has open in `directory`, read from the kernel.
    private static List<Path> openBelow(Path directory) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(LocalStorageContract::leadsTo)
                    .filter(target -> target.startsWith(directory))
                    .toList();
        }
    }

    private static Path leadsTo(Path descriptor) {
        try {
            return Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS)
                    ? Files.readSymbolicLink(descriptor)
                    : descriptor;
        } catch (IOException _) {
            return descriptor; // closed by now
        }
    }
}
