package io.sealane.vfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.vfs.StorageException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What [Storage] promises, as tests. A store's test class extends this one.
public abstract class StorageContract extends ResumingContract {
    // Looking

    @Test
    void the_base_is_a_directory() throws IOException {
        Entry entry = storage().stat(base());
        assertThat(entry.isDirectory()).isTrue();
        assertThat(entry.name()).isEqualTo(base().name());
        assertThat(entry.size()).isZero();
    }

    @Test
    void an_entry_tells_all_about_a_file() throws IOException {
        store("a.txt", "12345");
        Entry entry = storage().stat(at("a.txt"));
        assertThat(entry.name()).isEqualTo("a.txt");
        assertThat(entry.kind()).isEqualTo(Entry.Kind.FILE);
        assertThat(entry.size()).isEqualTo(5);
        assertThat(entry.modified()).isAfter(Instant.now().minusSeconds(60));
        assertThat(entry.owner()).isNotEmpty().doesNotContain(" ");
        assertThat(entry.group()).isNotEmpty().doesNotContain(" ");
        assertThat(entry.links()).isPositive();
        assertThat(entry.fileKey()).isNotEmpty().doesNotContain(" ", ";");
    }

    @Test
    void file_keys_differ_between_files_and_stay_with_a_renamed_one() throws IOException {
        store("a", "1");
        store("b", "1");
        String key = storage().stat(at("a")).fileKey();
        assertThat(storage().stat(at("b")).fileKey()).isNotEqualTo(key);
        storage().rename(at("a"), at("c"));
        assertThat(storage().stat(at("c")).fileKey()).isEqualTo(key);
    }

    @Test
    void an_unchanged_file_keeps_its_revision() throws IOException {
        store("a", "1234");
        clock().advance(Duration.ofMinutes(1));
        Optional<String> revision = storage().revision(at("a"));
        clock().advance(Duration.ofMinutes(1));
        assertThat(storage().revision(at("a"))).isEqualTo(revision);
    }

    @Test
    void a_replaced_file_has_another_revision_whatever_its_size_and_time() throws IOException {
        store("a", "1234");
        Instant modified = storage().stat(at("a")).modified();
        clock().advance(Duration.ofMinutes(1));
        Optional<String> revision = storage().revision(at("a"));
        store("a", "5678");
        storage().setModified(at("a"), modified);
        clock().advance(Duration.ofMinutes(1));
        assertThat(revision.isPresent() && storage().revision(at("a")).equals(revision)).isFalse();
    }

    @Test
    void a_missing_name_is_not_found_by_any_operation() {
        VirtualPath missing = at("missing");
        assertRefused(Reason.NOT_FOUND, () -> storage().stat(missing));
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(missing));
        assertRefused(Reason.NOT_FOUND, () -> storage().revision(missing));
        assertRefused(Reason.NOT_FOUND, () -> storage().list(missing));
        assertRefused(Reason.NOT_FOUND, () -> storage().openForRead(missing));
        assertRefused(Reason.NOT_FOUND, () -> storage().removeDirectory(missing));
        assertRefused(Reason.NOT_FOUND, () -> storage().deleteFile(missing));
        assertRefused(Reason.NOT_FOUND, () -> storage().rename(missing, at("other")));
        assertRefused(Reason.NOT_FOUND, () -> storage().setModified(missing, Instant.EPOCH));
        assertRefused(Reason.NOT_FOUND, () -> storage().setMode(missing, 0600));
    }

    @Test
    void a_missing_parent_is_not_found_by_any_operation() {
        VirtualPath below = at("missing").child("name");
        assertRefused(Reason.NOT_FOUND, () -> storage().stat(below));
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(below));
        assertRefused(Reason.NOT_FOUND, () -> storage().list(below));
        assertRefused(Reason.NOT_FOUND, () -> storage().openForRead(below));
        assertRefused(Reason.NOT_FOUND, () -> storage().openForWrite(below, REPLACE));
        assertRefused(Reason.NOT_FOUND, () -> storage().createDirectory(below));
        assertRefused(Reason.NOT_FOUND, () -> storage().removeDirectory(below));
        assertRefused(Reason.NOT_FOUND, () -> storage().deleteFile(below));
    }

    @Test
    void a_file_is_no_directory_for_any_operation() throws IOException {
        store("file", "x");
        VirtualPath below = at("file").child("name");
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().stat(below));
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().list(at("file")));
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().list(below));
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().openForRead(below));
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().openForWrite(below, REPLACE));
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().createDirectory(below));
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().removeDirectory(at("file")));
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().deleteFile(below));
    }

    // Listing

    @Test
    void an_empty_directory_lists_nothing() throws IOException {
        storage().createDirectory(at("empty"));
        assertThat(names(at("empty"))).isEmpty();
    }

    @Test
    void a_listing_shows_each_entry_once_as_stat_does() throws IOException {
        store("file", "abc");
        storage().createDirectory(at("directory"));
        List<Entry> entries = entries(base());
        assertThat(entries).extracting(Entry::name).containsExactlyInAnyOrder("file", "directory");
        for (Entry entry : entries) {
            assertThat(entry).isEqualTo(storage().stat(at(entry.name())));
        }
    }

    @Test
    void a_listing_of_many_entries_is_complete() throws IOException {
        List<String> expected = new ArrayList<>();
        for (int number = 0; number < 1500; number++) {
            expected.add("a rather long name, so that buffers fill up " + number);
            store(expected.getLast(), "");
        }
        assertThat(names(base())).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void a_listing_leaves_out_what_vanishes_meanwhile() throws IOException {
        for (int number = 0; number < 20; number++) {
            store("file" + number, "");
        }
        try (DirectoryReader reader = storage().list(base())) {
            assertThat(reader.next()).isNotNull();
            for (int number = 0; number < 20; number++) {
                storage().deleteFile(at("file" + number));
            }
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                assertThat(entry.name()).startsWith("file");
            }
            assertThat(reader.next()).isNull();
        }
    }

    // Names

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space",
                " leading and trailing ",
                "quote\"s and 'apostrophes'",
                "back\\slash",
                "~",
                "-rf",
                "*?[a]",
                "tab\there",
                "caf\u00e9",
                "cafe\u0301",
                "\u0130stanbul \u0131",
                "\uD83D\uDE80 rocket",
                "\u65e5\u672c\u8a9e",
                "...",
                ".hidden"
            })
    void any_name_can_be_stored_listed_read_renamed_and_removed(String name) throws IOException {
        store(name, "content");
        assertThat(names(base())).containsExactly(name);
        assertThat(storage().stat(at(name)).name()).isEqualTo(name);
        assertThat(content(name)).isEqualTo("content");
        storage().rename(at(name), at("plain"));
        storage().rename(at("plain"), at(name));
        storage().deleteFile(at(name));
        storage().createDirectory(at(name));
        assertThat(names(base())).containsExactly(name);
        storage().removeDirectory(at(name));
        assertThat(names(base())).isEmpty();
    }

    @Test
    void composed_and_decomposed_letters_are_different_names() throws IOException {
        store("caf\u00e9", "composed");
        store("cafe\u0301", "decomposed");
        assertThat(content("caf\u00e9")).isEqualTo("composed");
        assertThat(content("cafe\u0301")).isEqualTo("decomposed");
    }

    @Test
    void a_name_of_255_bytes_can_be_stored_kept_and_continued() throws IOException {
        String name = "\u00e9".repeat(127) + "x";
        breakOff(name, "abc");
        assertThat(storage().partialSize(at(name))).isEqualTo(3);
        try (Upload upload = storage().openForWrite(at(name), APPEND)) {
            write(upload, "def");
            upload.publish();
        }
        assertThat(content(name)).isEqualTo("abcdef");
        assertThat(names(base())).containsExactly(name);
    }

    @Test
    void reserved_names_do_not_exist_and_cannot_be_made() throws IOException {
        store("file", "x");
        storage().createDirectory(at("directory"));
        for (String name : List.of(".sealane-x", ".SEALANE-x.partial", ".sealane-")) {
            VirtualPath reserved = at(name);
            assertRefused(Reason.NOT_FOUND, () -> storage().stat(reserved));
            assertRefused(Reason.NOT_FOUND, () -> storage().list(reserved));
            assertRefused(Reason.NOT_FOUND, () -> storage().openForRead(reserved));
            assertRefused(Reason.NOT_FOUND, () -> storage().deleteFile(reserved));
            assertRefused(Reason.NOT_FOUND, () -> storage().removeDirectory(reserved));
            assertRefused(Reason.NOT_FOUND, () -> storage().rename(reserved, at("x")));
            assertRefused(Reason.NOT_FOUND, () -> storage().createDirectory(reserved.child("x")));
            assertRefused(Reason.BAD_NAME, () -> storage().openForWrite(reserved, REPLACE));
            assertRefused(Reason.BAD_NAME, () -> storage().createDirectory(reserved));
            assertRefused(Reason.BAD_NAME, () -> storage().rename(at("file"), reserved));
            assertRefused(Reason.BAD_NAME, () -> storage().rename(at("directory"), reserved));
        }
    }

    // Reading

    @Test
    void an_empty_file_is_read_as_its_end() throws IOException {
        store("empty", "");
        try (FileReader reader = storage().openForRead(at("empty"))) {
            assertThat(reader.size()).isZero();
            assertThat(reader.read(ByteBuffer.allocate(10), 0)).isEqualTo(-1);
            assertThat(reader.transferTo(0, 10, Channels.newChannel(new ByteArrayOutputStream())))
                    .isEqualTo(-1);
        }
    }

    @Test
    void a_file_is_read_at_any_offset() throws IOException {
        store("file", "0123456789");
        try (FileReader reader = storage().openForRead(at("file"))) {
            assertThat(reader.size()).isEqualTo(10);
            ByteBuffer target = ByteBuffer.allocate(4);
            assertThat(reader.read(target, 3)).isEqualTo(4);
            assertThat(new String(target.array(), UTF_8)).isEqualTo("3456");
            target.clear();
            assertThat(reader.read(target, 8)).isEqualTo(2);
            target.clear();
            assertThat(reader.read(target, 10)).isEqualTo(-1);
            assertThat(reader.read(target, 1000)).isEqualTo(-1);
        }
    }

    @Test
    void a_file_is_transferred_from_any_offset() throws IOException {
        byte[] bytes = random(LARGE_BYTES);
        store("file", bytes);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (FileReader reader = storage().openForRead(at("file"))) {
            var target = Channels.newChannel(received);
            long offset = 1000;
            for (long moved = 0; moved >= 0; offset += Math.max(0, moved)) {
                moved = reader.transferTo(offset, LARGE_BYTES, target);
            }
            assertThat(reader.transferTo(LARGE_BYTES + 5L, 1, target)).isEqualTo(-1);
        }
        assertThat(received.toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 1000, LARGE_BYTES));
    }

    @Test
    void a_reader_goes_on_with_the_old_content_after_it_was_replaced() throws IOException {
        store("file", "old content");
        try (FileReader reader = storage().openForRead(at("file"))) {
            store("file", "new");
            ByteBuffer target = ByteBuffer.allocate(11);
            reader.read(target, 0);
            assertThat(new String(target.array(), UTF_8)).isEqualTo("old content");
        }
        assertThat(content("file")).isEqualTo("new");
    }

    @Test
    void a_directory_is_not_opened_as_a_file() throws IOException {
        storage().createDirectory(at("directory"));
        assertRefused(Reason.IS_A_DIRECTORY, () -> storage().openForRead(at("directory")));
        assertRefused(Reason.IS_A_DIRECTORY, () -> storage().openForRead(base()));
        assertRefused(
                Reason.IS_A_DIRECTORY, () -> storage().openForWrite(at("directory"), REPLACE));
        assertRefused(Reason.IS_A_DIRECTORY, () -> storage().openForWrite(base(), REPLACE));
        assertRefused(Reason.IS_A_DIRECTORY, () -> storage().deleteFile(at("directory")));
        assertRefused(Reason.IS_A_DIRECTORY, () -> storage().deleteFile(base()));
    }

    // Uploading

    @Test
    void an_upload_is_invisible_until_it_is_published() throws IOException {
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            assertThat(upload.position()).isZero();
            write(upload, "abc");
            assertThat(upload.position()).isEqualTo(3);
            assertThat(names(base())).isEmpty();
            assertRefused(Reason.NOT_FOUND, () -> storage().stat(at("file")));
            upload.publish();
            assertThat(names(base())).containsExactly("file");
        }
        assertThat(content("file")).isEqualTo("abc");
    }

    @Test
    void an_empty_upload_publishes_an_empty_file() throws IOException {
        store("file", "old");
        store("file", "");
        assertThat(storage().stat(at("file")).size()).isZero();
    }

    @Test
    void the_old_content_stays_while_an_upload_runs_and_when_it_breaks() throws IOException {
        store("file", "old");
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            write(upload, "new content");
            assertThat(content("file")).isEqualTo("old");
        }
        assertThat(content("file")).isEqualTo("old");
        assertThat(names(base())).containsExactly("file");
    }

    @Test
    void a_large_upload_arrives_unchanged() throws IOException {
        byte[] bytes = random(LARGE_BYTES);
        store("file", bytes);
        assertThat(bytes("file")).isEqualTo(bytes);
    }

    @Test
    void direct_and_heap_buffers_are_written_to_their_limit() throws IOException {
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            ByteBuffer direct = ByteBuffer.allocateDirect(16);
            direct.put("xxabcxx".getBytes(UTF_8)).position(2).limit(5);
            upload.write(direct);
            assertThat(direct.hasRemaining()).isFalse();
            ByteBuffer heap = ByteBuffer.wrap("yydefyy".getBytes(UTF_8), 2, 3);
            upload.write(heap);
            assertThat(heap.hasRemaining()).isFalse();
            upload.write(ByteBuffer.allocate(0));
            upload.publish();
        }
        assertThat(content("file")).isEqualTo("abcdef");
    }

    @Test
    void a_replaced_file_keeps_its_mode() throws IOException {
        store("file", "old");
        storage().setMode(at("file"), 0640);
        store("file", "new");
        assertThat(storage().stat(at("file")).mode()).hasValue(0640);
    }

    @Test
    void a_new_file_has_the_mode_that_its_upload_asked_for() throws IOException {
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            upload.setModeWhenNew(0604);
            upload.publish();
        }
        assertThat(storage().stat(at("file")).mode()).hasValue(0604);
    }

    @Test
    void a_replaced_file_keeps_its_mode_whatever_its_upload_asked_for() throws IOException {
        store("file", "old");
        storage().setMode(at("file"), 0640);
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            upload.setModeWhenNew(0604);
            upload.publish();
        }
        assertThat(storage().stat(at("file")).mode()).hasValue(0640);
    }

    @Test
    void there_is_room_in_a_directory_and_nowhere_else() throws IOException {
        store("file", "x");
        assertThat(storage().bytesAvailable(base())).isPositive();
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().bytesAvailable(at("file")));
        assertRefused(Reason.NOT_FOUND, () -> storage().bytesAvailable(at("missing")));
    }

    @Test
    void an_upload_can_be_published_once_only() throws IOException {
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            upload.publish();
            assertThatThrownBy(upload::publish).isInstanceOf(IllegalStateException.class);
            upload.discard();
        }
        assertThat(content("file")).isEmpty();
    }

    @Test
    void a_discarded_upload_leaves_nothing() throws IOException {
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            write(upload, "abc");
            upload.discard();
            upload.discard();
        }
        assertThat(names(base())).isEmpty();
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
    }

    @Test
    void a_directory_that_takes_the_name_meanwhile_wins() throws IOException {
        try (Upload upload = storage().openForWrite(at("name"), REPLACE)) {
            write(upload, "abc");
            storage().createDirectory(at("name"));
            assertRefused(Reason.IS_A_DIRECTORY, upload::publish);
        }
        assertThat(storage().stat(at("name")).isDirectory()).isTrue();
    }

    @Test
    void an_upload_follows_its_renamed_directory() throws IOException {
        storage().createDirectory(at("before"));
        try (Upload upload = storage().openForWrite(at("before").child("file"), REPLACE)) {
            write(upload, "abc");
            storage().rename(at("before"), at("after"));
            upload.publish();
        }
        assertThat(names(at("after"))).containsExactly("file");
    }

    // Directories

    @Test
    void directories_nest() throws IOException {
        storage().createDirectory(at("a"));
        storage().createDirectory(at("a").child("b"));
        storage().createDirectory(at("a").child("b").child("c"));
        assertThat(names(at("a").child("b"))).containsExactly("c");
    }

    @Test
    void a_taken_name_cannot_become_a_directory() throws IOException {
        storage().createDirectory(at("directory"));
        store("file", "x");
        assertRefused(Reason.ALREADY_EXISTS, () -> storage().createDirectory(at("directory")));
        assertRefused(Reason.ALREADY_EXISTS, () -> storage().createDirectory(at("file")));
        assertRefused(Reason.ALREADY_EXISTS, () -> storage().createDirectory(base()));
    }

    @Test
    void of_many_who_make_a_directory_one_succeeds() throws Exception {
        int makers = 4;
        for (int round = 0; round < 20; round++) {
            VirtualPath contested = at("contested" + round);
            CyclicBarrier start = new CyclicBarrier(makers);
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int maker = 0; maker < makers; maker++) {
                tasks.add(() -> {
                    start.await();
                    return makes(contested);
                });
            }
            assertThat(runAll(tasks)).containsOnlyOnce(true);
        }
    }

    @Test
    void only_an_empty_directory_can_be_removed() throws IOException {
        storage().createDirectory(at("directory"));
        store(at("directory").child("file"), "x".getBytes(UTF_8));
        assertRefused(Reason.NOT_EMPTY, () -> storage().removeDirectory(at("directory")));
        storage().deleteFile(at("directory").child("file"));
        storage().removeDirectory(at("directory"));
        assertRefused(Reason.NOT_FOUND, () -> storage().stat(at("directory")));
    }

    @Test
    void a_directory_that_holds_only_kept_partials_can_be_removed() throws IOException {
        storage().createDirectory(at("directory"));
        VirtualPath file = at("directory").child("file");
        try (Upload upload = storage().openForWrite(file, REPLACE)) {
            write(upload, "abc");
            assertRefused(Reason.NOT_EMPTY, () -> storage().removeDirectory(at("directory")));
        }
        storage().removeDirectory(at("directory"));
        storage().createDirectory(at("directory"));
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(file));
    }

    @Test
    void the_base_cannot_be_removed_or_renamed() {
        assertRefused(Reason.NOT_PERMITTED, () -> storage().removeDirectory(base()));
        assertRefused(Reason.NOT_PERMITTED, () -> storage().rename(base(), at("x")));
    }

    // Renaming

    @Test
    void a_file_can_be_renamed_over_another() throws IOException {
        store("a", "a's");
        store("b", "b's");
        storage().rename(at("a"), at("b"));
        assertThat(names(base())).containsExactly("b");
        assertThat(content("b")).isEqualTo("a's");
    }

    @Test
    void a_name_can_be_changed_to_itself() throws IOException {
        store("a", "a's");
        storage().rename(at("a"), at("a"));
        assertThat(content("a")).isEqualTo("a's");
    }

    @Test
    void a_directory_is_renamed_with_what_is_in_it() throws IOException {
        storage().createDirectory(at("a"));
        storage().createDirectory(at("target"));
        store(at("a").child("file"), "x".getBytes(UTF_8));
        storage().rename(at("a"), at("target").child("b"));
        assertThat(names(base())).containsExactly("target");
        assertThat(names(at("target").child("b"))).containsExactly("file");
    }

    @Test
    void a_directory_replaces_nothing_and_is_not_replaced() throws IOException {
        storage().createDirectory(at("a"));
        storage().createDirectory(at("b"));
        store("file", "x");
        assertRefused(Reason.ALREADY_EXISTS, () -> storage().rename(at("a"), at("b")));
        assertRefused(Reason.ALREADY_EXISTS, () -> storage().rename(at("a"), at("file")));
        assertRefused(Reason.ALREADY_EXISTS, () -> storage().rename(at("file"), at("a")));
        assertRefused(Reason.ALREADY_EXISTS, () -> storage().rename(at("file"), base()));
        assertThat(names(base())).containsExactlyInAnyOrder("a", "b", "file");
    }

    @Test
    void a_directory_cannot_be_moved_into_itself() throws IOException {
        storage().createDirectory(at("a"));
        assertRefused(Reason.NOT_PERMITTED, () -> storage().rename(at("a"), at("a").child("b")));
    }

    @Test
    void a_rename_into_a_missing_directory_is_refused() throws IOException {
        store("file", "x");
        assertRefused(
                Reason.NOT_FOUND, () -> storage().rename(at("file"), at("missing").child("file")));
        assertThat(content("file")).isEqualTo("x");
    }

    // Attributes

    @Test
    void times_can_be_set_on_files_and_directories() throws IOException {
        Instant time = Instant.parse("2001-02-03T04:05:06.789Z");
        store("file", "x");
        storage().createDirectory(at("directory"));
        storage().setModified(at("file"), time);
        storage().setModified(at("directory"), time);
        assertThat(storage().stat(at("file")).modified()).isEqualTo(time);
        assertThat(storage().stat(at("directory")).modified()).isEqualTo(time);
        storage().setModified(at("file"), Instant.EPOCH);
        assertThat(storage().stat(at("file")).modified()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void modes_can_be_set_on_files_and_directories() throws IOException {
        store("file", "x");
        storage().createDirectory(at("directory"));
        for (int mode : new int[] {0600, 0754, 0421, 0777}) {
            storage().setMode(at("file"), mode);
            storage().setMode(at("directory"), mode);
            assertThat(storage().stat(at("file")).mode()).hasValue(mode);
            assertThat(storage().stat(at("directory")).mode()).hasValue(mode);
        }
    }

    // Access

    @Test
    void a_file_allows_what_its_access_says() throws IOException {
        store("file", "x");
        for (int mode : new int[] {0644, 0444}) {
            storage().setMode(at("file"), mode);
            Access access = storage().stat(at("file")).access();
            assertAllowed(access.read(), () -> storage().openForRead(at("file")).close());
            assertAllowed(
                    access.write(),
                    () -> {
                        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
                            upload.discard();
                        }
                    });
            assertThat(access.remove()).isTrue();
        }
        storage().setMode(at("file"), 0644);
    }

    @Test
    void a_directory_allows_what_its_access_says() throws IOException {
        storage().createDirectory(at("dir"));
        store("file", "x");
        for (int mode : new int[] {0755, 0555}) {
            storage().setMode(at("dir"), mode);
            Access access = storage().stat(at("dir")).access();
            assertDirectoryAllows(at("dir"), access);
        }
        storage().setMode(at("dir"), 0755);
    }

    protected final void assertDirectoryAllows(VirtualPath directory, Access access) {
        VirtualPath inside = directory.child("inside");
        assertAllowed(access.read() && access.enter(), () -> storage().list(directory).close());
        assertAllowed(
                access.write() && access.enter(),
                () -> {
                    storage().createDirectory(inside);
                    storage().removeDirectory(inside);
                });
    }

    @Test
    void what_is_in_a_directory_can_be_removed_if_the_directory_allows_it() throws IOException {
        storage().createDirectory(at("dir"));
        VirtualPath file = at("dir").child("file");
        try (Upload upload = storage().openForWrite(file, REPLACE)) {
            upload.publish();
        }
        for (int mode : new int[] {0555, 0755}) {
            storage().setMode(at("dir"), mode);
            Access access = storage().stat(file).access();
            assertThat(entries(at("dir"))).extracting(Entry::access).containsExactly(access);
            assertAllowed(
                    access.remove(), () -> storage().rename(file, at("dir").child("renamed")));
            assertAllowed(
                    access.remove(), () -> storage().rename(at("dir").child("renamed"), file));
        }
        storage().deleteFile(file);
    }

    @Test
    void the_root_cannot_be_removed() throws IOException {
        assertThat(storage().stat(VirtualPath.ROOT).access().remove()).isFalse();
    }

    private static void assertAllowed(boolean allowed, ThrowingCallable action) {
        if (allowed) {
            assertThatCode(action).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(action)
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .isIn(
                                                    Reason.NOT_PERMITTED,
                                                    Reason.DENIED_BY_HOST,
                                                    Reason.NOT_FOUND));
        }
    }

    private boolean makes(VirtualPath directory) throws StorageException {
        try {
            storage().createDirectory(directory);
            return true;
        } catch (StorageException e) {
            assertThat(e.reason()).isEqualTo(Reason.ALREADY_EXISTS);
            return false;
        }
    }
}
