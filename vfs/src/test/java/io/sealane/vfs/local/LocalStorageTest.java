package io.sealane.vfs.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.ExternalClient;
import io.sealane.vfs.Entry;
import io.sealane.vfs.Placement;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.Upload;
import io.sealane.vfs.VirtualPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// With native calls, as on any Linux server.
final class LocalStorageTest extends LocalStorageContract {
    @Override
    LocalStorage openRoot(Path root, LocalStorageOptions options) throws StorageException {
        return LocalStorage.open(root, options);
    }

    @Test
    void native_calls_are_available_on_the_machines_we_test_on() {
        assertThat(NativeCalls.available()).isTrue();
    }

    @Test
    void hard_links_are_counted_and_have_one_key() throws IOException {
        store("file", "x");
        Files.createLink(root().resolve("second"), root().resolve("file"));
        assertThat(storage().stat(at("file")).links()).isEqualTo(2);
        assertThat(storage().stat(at("second")).fileKey())
                .isEqualTo(storage().stat(at("file")).fileKey());
    }

    @Test
    void a_file_has_a_revision_once_it_has_settled() throws IOException {
        store("file", "x");
        assertThat(storage().revision(at("file"))).isEmpty();
        clock().advance(Duration.ofSeconds(3));
        assertThat(storage().revision(at("file"))).isPresent();
    }

    /// The same file, as many octets, and the modification time that it had.
    @Test
    void a_file_changed_in_place_has_another_revision() throws IOException {
        store("file", "1234");
        Path file = root().resolve("file");
        FileTime modified = Files.getLastModifiedTime(file);
        Object changed = Files.getAttribute(file, "unix:ctime");
        clock().advance(Duration.ofMinutes(1));
        Optional<String> revision = storage().revision(at("file"));
        do { // until the file system's clock has ticked
            Files.writeString(file, "5678");
            Files.setLastModifiedTime(file, modified);
        } while (Files.getAttribute(file, "unix:ctime").equals(changed));
        assertThat(storage().stat(at("file")).modified()).isEqualTo(modified.toInstant());
        assertThat(storage().revision(at("file"))).isPresent().isNotEqualTo(revision);
    }

    /// The JDK can read such a time, but not put it back.
    @Test
    void a_refused_time_leaves_one_that_java_cannot_set() throws IOException {
        store("file", "x");
        Path file = root().resolve("file");
        ExternalClient.at(Path.of("/usr/bin/touch"))
                .run("-d", "2300-01-01T00:00:00Z", file.toString())
                .expectSuccess();
        FileTime kept = Files.getLastModifiedTime(file);
        Instant late = Instant.parse("9999-12-31T23:59:59Z");
        assertRefused(Reason.UNSUPPORTED, () -> storage().setModified(at("file"), late));
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(kept);
    }

    @Test
    void an_owner_without_a_name_is_shown_by_number() {
        OwnerNames owners = new OwnerNames();
        assertThat(owners.user(0)).isEqualTo("root");
        assertThat(owners.group(0)).isEqualTo("root");
        assertThat(owners.user(-2)).isEqualTo("4294967294");
    }

    @Test
    void a_link_that_is_made_leads_there_by_a_relative_way() throws IOException {
        storage().createDirectory(at("a"));
        storage().createDirectory(at("a").child("b"));
        store("file", "x");
        storage().createLink(at("beside"), at("file"));
        storage().createLink(at("a").child("b").child("up"), at("file"));
        storage().createLink(at("a").child("down"), at("a").child("b").child("missing"));
        storage().createLink(at("a").child("self"), at("a"));
        assertThat(Files.readSymbolicLink(root().resolve("beside"))).hasToString("file");
        assertThat(Files.readSymbolicLink(root().resolve("a/b/up"))).hasToString("../../file");
        assertThat(Files.readSymbolicLink(root().resolve("a/down"))).hasToString("b/missing");
        assertThat(Files.readSymbolicLink(root().resolve("a/self"))).hasToString(".");
        assertThat(Files.readString(root().resolve("a/b/up"))).isEqualTo("x");
        assertThat(storage().stat(at("beside")).kind()).isEqualTo(Entry.Kind.LINK);
    }

    @Test
    void a_link_takes_no_name_that_is_taken() throws IOException {
        store("file", "x");
        assertRefused(Reason.ALREADY_EXISTS, () -> storage().createLink(at("file"), at("other")));
        assertThat(content("file")).isEqualTo("x");
    }

    @Test
    void a_link_tells_where_it_leads_if_that_is_inside_the_root() throws IOException {
        storage().createDirectory(at("dir"));
        link("beside", Path.of("dir/file"));
        link("dir/upwards", Path.of("../beside"));
        link("dangling", Path.of("no where"));
        link("self", Path.of("self"));
        for (String name : List.of("beside", "dangling", "self")) {
            assertThat(storage().stat(at(name)).target())
                    .contains(Files.readSymbolicLink(root().resolve(name)).toString());
        }
        VirtualPath upwards = at("dir").child("upwards");
        assertThat(storage().stat(upwards).target()).contains("../beside");
        assertThat(entries(at("dir"))).containsExactly(storage().stat(upwards));
        assertThat(storage().stat(at("dir")).target()).isEmpty();
    }

    @Test
    void a_link_does_not_tell_what_is_the_hosts_business() throws IOException {
        storage().createDirectory(at("dir"));
        link("absolute", outside().resolve("secret"));
        link("inside", root().resolve("dir"));
        link("above", Path.of("../outside/secret"));
        link("dir/far", Path.of("x/../../../outside"));
        link("control", Path.of("line\nbreak"));
        link("long", Path.of("x/".repeat(600)));
        assertThat(entries(base())).extracting(Entry::target).allMatch(Optional::isEmpty);
        assertThat(entries(at("dir"))).extracting(Entry::target).allMatch(Optional::isEmpty);
    }

    /// By somebody who owns the directory, and not what he puts there.
    @Test
    void a_file_that_took_the_name_of_an_upload_is_left_alone() throws IOException {
        store("file", "old");
        Path other = Files.writeString(root().resolve("other"), "of another");
        Set<PosixFilePermission> closed = PosixFilePermissions.fromString("rw-------");
        Files.setPosixFilePermissions(other, closed);
        for (Ending ending : Ending.values()) {
            Path hidden;
            try (Upload upload = storage().openForWrite(at("file"), new Placement.Replace())) {
                upload.write(ByteBuffer.wrap(new byte[] {1}));
                hidden = hidden(".upload");
                Files.move(hidden, root().resolve("moved"), StandardCopyOption.REPLACE_EXISTING);
                Files.move(other, hidden);
                if (ending == Ending.PUBLISHED) {
                    assertRefused(Reason.BROKEN, upload::publish);
                }
            }
            Files.move(hidden, other);
            assertThat(other).hasContent("of another");
            assertThat(Files.getPosixFilePermissions(other)).isEqualTo(closed);
            assertThat(content("file")).isEqualTo("old");
        }
    }

    private enum Ending {
        PUBLISHED,
        BROKEN_OFF
    }

    /// The system takes all locks of a file away when any descriptor of it is closed.
    @Test
    void an_upload_is_locked_whatever_is_done_to_its_file() throws IOException {
        try (Upload upload = storage().openForWrite(at("file"), new Placement.Replace())) {
            upload.setModeWhenNew(0640);
            upload.write(ByteBuffer.wrap(new byte[] {1}));
            assertLocked(hidden(".upload"));
        }
        try (Upload upload = storage().openForWrite(at("file"), new Placement.RestartAt(1))) {
            assertLocked(hidden(".upload"));
            upload.setModeWhenNew(0600);
            assertLocked(hidden(".upload"));
        }
    }

    private static void assertLocked(Path file) throws IOException {
        Object inode = Files.getAttribute(file, "unix:ino");
        assertThat(Files.readAllLines(Path.of("/proc/locks")))
                .anyMatch(lock -> lock.contains(":" + inode + " "));
    }

    /// It may have the server's group, and not yet that of the file.
    @Test
    void what_the_group_alone_may_read_is_the_owners_while_it_comes() throws IOException {
        store("file", "old");
        Path published = root().resolve("file");
        Files.setPosixFilePermissions(published, PosixFilePermissions.fromString("rw-rw-r--"));
        try (Upload upload = storage().openForWrite(at("file"), new Placement.Replace())) {
            upload.write(ByteBuffer.wrap(new byte[] {1}));
            assertThat(Files.getPosixFilePermissions(hidden(".upload")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        }
        assertThat(Files.getPosixFilePermissions(hidden(".partial")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        store("file", "new");
        assertThat(Files.getPosixFilePermissions(published))
                .isEqualTo(PosixFilePermissions.fromString("rw-rw-r--"));
    }

    private Path hidden(String suffix) throws IOException {
        try (Stream<Path> all = Files.list(root())) {
            return all.filter(path -> path.toString().endsWith(suffix)).findFirst().orElseThrow();
        }
    }
}
