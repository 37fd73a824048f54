package io.sealane.vfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.vfs.StorageException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/// What [Storage] promises of uploads that broke off, of those that go on from them, and of several
/// at the same time.
public abstract class ResumingContract extends StorageFixture {
    private static final Placement UNCHANGED = new Placement.ReplaceUnchanged();

    @Test
    void a_broken_upload_is_kept_hidden_with_its_size() throws IOException {
        breakOff("file", "12345");
        assertThat(storage().partialSize(at("file"))).isEqualTo(5);
        assertThat(names(base())).isEmpty();
        assertRefused(Reason.NOT_FOUND, () -> storage().stat(at("file")));
        assertRefused(Reason.NOT_FOUND, () -> storage().openForRead(at("file")));
    }

    @Test
    void a_broken_upload_without_a_byte_is_not_kept() throws IOException {
        storage().openForWrite(at("file"), REPLACE).close();
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
    }

    @Test
    void a_broken_upload_can_be_restarted_at_its_end() throws IOException {
        breakOff("file", "12345");
        continueAt("file", 5, "678");
        assertThat(content("file")).isEqualTo("12345678");
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
    }

    @Test
    void a_restart_in_the_middle_cuts_what_was_behind() throws IOException {
        breakOff("file", "12345");
        continueAt("file", 2, "x");
        assertThat(content("file")).isEqualTo("12x");
    }

    @Test
    void a_restart_at_0_begins_anew() throws IOException {
        breakOff("file", "12345");
        continueAt("file", 0, "x");
        assertThat(content("file")).isEqualTo("x");
    }

    @Test
    void a_restart_beyond_everything_is_refused_and_takes_nothing() throws IOException {
        breakOff("file", "12345");
        assertRefused(
                Reason.BAD_OFFSET,
                () -> storage().openForWrite(at("file"), new Placement.RestartAt(6)));
        assertThat(storage().partialSize(at("file"))).isEqualTo(5);
        assertRefused(
                Reason.BAD_OFFSET,
                () -> storage().openForWrite(at("none"), new Placement.RestartAt(1)));
    }

    @Test
    void behind_a_broken_replacement_neither_content_is_gone_on_from_by_guess() throws IOException {
        store("file", "published");
        breakOff("file", "abc");
        assertRefused(
                Reason.BAD_OFFSET,
                () -> storage().openForWrite(at("file"), new Placement.RestartAt(6)));
        assertRefused(Reason.HALF_REPLACED, () -> storage().openForWrite(at("file"), APPEND));
        assertThat(storage().partialSize(at("file"))).isEqualTo(3);
        assertThat(content("file")).isEqualTo("published");
        store("file", "abcdef");
        append("file", "ghi");
        assertThat(content("file")).isEqualTo("abcdefghi");
    }

    @Test
    void a_replacement_that_breaks_without_a_byte_is_remembered() throws IOException {
        store("file", "published");
        storage().openForWrite(at("file"), REPLACE).close();
        assertThat(storage().isHalfReplaced(at("file"))).isTrue();
        assertRefused(Reason.HALF_REPLACED, () -> storage().openForWrite(at("file"), APPEND));
        assertRefused(
                Reason.BAD_OFFSET,
                () -> storage().openForWrite(at("file"), new Placement.RestartAt(4)));
        clock().advance(partialKeptFor().plusMinutes(5));
        assertThat(storage().isHalfReplaced(at("file"))).isFalse();
        append("file", "!");
        assertThat(content("file")).isEqualTo("published!");
    }

    @Test
    void what_was_begun_anew_does_not_go_on_from_an_older_upload() throws IOException {
        breakOff("file", "abc");
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            assertThat(upload.position()).isZero();
            assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
            assertRefused(
                    Reason.BUSY,
                    () -> storage().openForWrite(at("file"), new Placement.RestartAt(3)));
        }
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
        store("file", "published");
        breakOff("file", "abc");
        storage().openForWrite(at("file"), REPLACE).close();
        assertRefused(
                Reason.BAD_OFFSET,
                () -> storage().openForWrite(at("file"), new Placement.RestartAt(1)));
    }

    @Test
    void while_a_replacement_is_under_way_the_old_content_is_not_gone_on_from() throws IOException {
        store("file", "published");
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            assertThat(storage().isHalfReplaced(at("file"))).isTrue();
            assertRefused(Reason.BUSY, () -> storage().openForWrite(at("file"), APPEND));
            assertRefused(
                    Reason.BUSY,
                    () -> storage().openForWrite(at("file"), new Placement.RestartAt(9)));
            write(upload, "new");
            upload.publish();
        }
        append("file", "er");
        assertThat(content("file")).isEqualTo("newer");
    }

    @Test
    void of_what_its_owner_has_replaced_meanwhile_nothing_is_kept() throws IOException {
        store("file", "published");
        try (Upload stuck = storage().openForWrite(at("file"), REPLACE)) {
            write(stuck, "abc");
            assertThat(stuck.isSuperseded()).isFalse();
            store("file", "newer");
            assertThat(stuck.isSuperseded()).isTrue();
        }
        assertThat(storage().isHalfReplaced(at("file"))).isFalse();
    }

    @Test
    void what_its_owner_has_renamed_or_deleted_meanwhile_is_given_up() throws IOException {
        store("file", "published");
        store("other", "other");
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            write(upload, "abc");
            storage().rename(at("other"), at("file"));
            assertThat(upload.isSuperseded()).isTrue();
        }
        assertThat(storage().isHalfReplaced(at("file"))).isFalse();
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            write(upload, "abcd");
            storage().deleteFile(at("file"));
            assertThat(upload.isSuperseded()).isTrue();
        }
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
    }

    @Test
    void what_was_begun_later_is_not_superseded_by_what_was_begun_before() throws IOException {
        try (Upload first = storage().openForWrite(at("file"), REPLACE);
                Upload second = storage().openForWrite(at("file"), REPLACE)) {
            write(first, "first");
            first.publish();
            assertThat(second.isSuperseded()).isFalse();
            write(second, "second");
        }
        assertThat(storage().isHalfReplaced(at("file"))).isTrue();
    }

    @Test
    void an_append_that_began_the_file_covers_nothing() throws IOException {
        try (Upload upload = storage().openForWrite(at("file"), APPEND)) {
            write(upload, "mine");
            store("file", "yours");
            assertRefused(Reason.BUSY, upload::publish);
        }
        assertThat(content("file")).isEqualTo("yours");
    }

    @Test
    void an_append_does_not_end_what_is_known_of_a_broken_replacement() throws IOException {
        store("file", "published");
        try (Upload appending = storage().openForWrite(at("file"), APPEND)) {
            breakOff("file", "abc");
            write(appending, "!");
            appending.publish();
        }
        assertThat(storage().isHalfReplaced(at("file"))).isTrue();
    }

    @Test
    void the_time_that_a_broken_upload_is_kept_begins_with_its_end() throws IOException {
        store("file", "published");
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            write(upload, "abc");
            clock().advance(partialKeptFor().plusMinutes(5));
        }
        assertThat(storage().isHalfReplaced(at("file"))).isTrue();
    }

    @Test
    void a_withdrawn_upload_leaves_what_was_there() throws IOException {
        store("file", "published");
        try (Upload upload = storage().openForWrite(at("file"), REPLACE)) {
            upload.withdraw();
        }
        assertThat(storage().isHalfReplaced(at("file"))).isFalse();
        breakOff("other", "12345");
        try (Upload upload = storage().openForWrite(at("other"), new Placement.RestartAt(5))) {
            upload.withdraw();
        }
        assertThat(storage().partialSize(at("other"))).isEqualTo(5);
        try (Upload upload = storage().openForWrite(at("other"), new Placement.RestartAt(2))) {
            assertThat(upload.position()).isEqualTo(2);
            upload.withdraw();
        }
        assertThat(storage().partialSize(at("other"))).isEqualTo(5);
        continueAt("other", 2, "X");
        assertThat(content("other")).isEqualTo("12X");
    }

    @Test
    void a_restart_that_nothing_is_added_to_ends_where_it_began() throws IOException {
        breakOff("file", "12345");
        continueAt("file", 2, "");
        assertThat(content("file")).isEqualTo("12");
    }

    @Test
    void what_replaces_the_unchanged_alone_covers_nothing_else() throws IOException {
        for (String before : List.of("", "old")) {
            if (!before.isEmpty()) {
                store("file", before);
            }
            try (Upload upload = storage().openForWrite(at("file"), UNCHANGED)) {
                write(upload, "made of it");
                store("file", "of another");
                assertRefused(Reason.BUSY, upload::publish);
            }
            assertThat(content("file")).isEqualTo("of another");
            assertThat(storage().isHalfReplaced(at("file"))).isFalse();
            storage().deleteFile(at("file"));
        }
        for (String made : List.of("new", "newer")) {
            try (Upload upload = storage().openForWrite(at("file"), UNCHANGED)) {
                write(upload, made);
                upload.publish();
            }
            assertThat(content("file")).isEqualTo(made);
        }
        try (Upload upload = storage().openForWrite(at("file"), UNCHANGED)) {
            storage().deleteFile(at("file"));
            assertRefused(Reason.BUSY, upload::publish);
        }
    }

    @Test
    void of_an_invalid_upload_nothing_is_kept_but_that_it_was() throws IOException {
        store("file", "published");
        breakOff("other", "12345");
        for (String name : List.of("file", "new")) {
            try (Upload upload = storage().openForWrite(at(name), REPLACE)) {
                write(upload, "damaged");
                upload.invalidate();
            }
        }
        try (Upload upload = storage().openForWrite(at("other"), new Placement.RestartAt(5))) {
            write(upload, "damaged");
            upload.invalidate();
        }
        assertThat(storage().isHalfReplaced(at("file"))).isTrue();
        assertThat(content("file")).isEqualTo("published");
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
        assertThat(storage().isHalfReplaced(at("new"))).isFalse();
        assertThat(storage().partialSize(at("other"))).isEqualTo(5);
    }

    @Test
    void a_restart_within_the_partial_prefers_it_to_the_published_file() throws IOException {
        store("file", "published");
        breakOff("file", "abc");
        continueAt("file", 3, "X");
        assertThat(content("file")).isEqualTo("abcX");
    }

    @Test
    void the_published_file_stays_while_a_restart_of_it_runs() throws IOException {
        store("file", "published");
        try (Upload upload = storage().openForWrite(at("file"), new Placement.RestartAt(3))) {
            assertThat(upload.position()).isEqualTo(3);
            write(upload, "new");
            assertThat(content("file")).isEqualTo("published");
        }
        assertThat(content("file")).isEqualTo("published");
    }

    @Test
    void a_restart_that_breaks_again_is_kept_again() throws IOException {
        breakOff("file", "12345");
        try (Upload upload = storage().openForWrite(at("file"), new Placement.RestartAt(5))) {
            write(upload, "67");
        }
        assertThat(storage().partialSize(at("file"))).isEqualTo(7);
        storage().openForWrite(at("file"), new Placement.RestartAt(7)).close();
        assertThat(storage().partialSize(at("file"))).isEqualTo(7);
        continueAt("file", 7, "8");
        assertThat(content("file")).isEqualTo("12345678");
    }

    @Test
    void a_discarded_restart_leaves_nothing() throws IOException {
        breakOff("file", "12345");
        try (Upload upload = storage().openForWrite(at("file"), new Placement.RestartAt(5))) {
            upload.discard();
        }
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
    }

    @Test
    void a_partial_is_continued_by_one_session_only() throws IOException {
        breakOff("file", "12345");
        try (Upload first = storage().openForWrite(at("file"), new Placement.RestartAt(5))) {
            assertRefused(
                    Reason.BUSY,
                    () -> storage().openForWrite(at("file"), new Placement.RestartAt(5)));
            assertThat(first.position()).isEqualTo(5);
        }
    }

    @Test
    void a_large_published_file_can_be_restarted_and_appended_to() throws IOException {
        byte[] bytes = random(LARGE_BYTES);
        store("file", bytes);
        try (Upload upload =
                storage().openForWrite(at("file"), new Placement.RestartAt(LARGE_BYTES - 10))) {
            upload.write(ByteBuffer.wrap(bytes, LARGE_BYTES - 10, 10));
            upload.publish();
        }
        assertThat(bytes("file")).isEqualTo(bytes);
        append("file", "tail");
        assertThat(storage().stat(at("file")).size()).isEqualTo(LARGE_BYTES + 4);
    }

    @Test
    void an_append_goes_on_at_the_end_of_the_published_file() throws IOException {
        store("file", "abc");
        append("file", "def");
        assertThat(content("file")).isEqualTo("abcdef");
    }

    @Test
    void an_append_goes_on_at_the_end_of_the_partial_where_nothing_is_published()
            throws IOException {
        breakOff("file", "abc");
        append("file", "def");
        assertThat(content("file")).isEqualTo("abcdef");
    }

    @Test
    void an_append_to_nothing_is_a_new_file() throws IOException {
        append("file", "abc");
        assertThat(content("file")).isEqualTo("abc");
    }

    @Test
    void an_append_that_breaks_leaves_the_published_file() throws IOException {
        store("file", "abc");
        try (Upload upload = storage().openForWrite(at("file"), APPEND)) {
            assertThat(upload.position()).isEqualTo(3);
            write(upload, "def");
        }
        assertThat(content("file")).isEqualTo("abc");
        append("file", "d");
        assertThat(content("file")).isEqualTo("abcd");
    }

    @Test
    void publishing_supersedes_an_older_partial() throws IOException {
        breakOff("file", "a very old attempt");
        store("file", "new");
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
        assertRefused(
                Reason.BAD_OFFSET,
                () -> storage().openForWrite(at("file"), new Placement.RestartAt(10)));
    }

    @Test
    void of_two_appends_at_once_none_is_lost_unsaid() throws IOException {
        store("file", "0");
        try (Upload first = storage().openForWrite(at("file"), APPEND);
                Upload second = storage().openForWrite(at("file"), APPEND)) {
            write(first, "A");
            write(second, "B");
            first.publish();
            assertRefused(Reason.BUSY, second::publish);
        }
        assertThat(content("file")).isEqualTo("0A");
        append("file", "B");
        assertThat(content("file")).isEqualTo("0AB");
    }

    @Test
    void an_append_brings_back_nothing_and_covers_nothing() throws IOException {
        store("file", "old");
        try (Upload upload = storage().openForWrite(at("file"), APPEND)) {
            write(upload, "more");
            storage().deleteFile(at("file"));
            assertRefused(Reason.BUSY, upload::publish);
        }
        assertRefused(Reason.NOT_FOUND, () -> storage().stat(at("file")));
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
        store("file", "old");
        try (Upload upload = storage().openForWrite(at("file"), new Placement.RestartAt(2))) {
            write(upload, "more");
            store("file", "new");
            assertRefused(Reason.BUSY, upload::publish);
        }
        assertThat(content("file")).isEqualTo("new");
    }

    @Test
    void deleting_a_file_deletes_its_partial() throws IOException {
        store("file", "published");
        breakOff("file", "partial");
        storage().deleteFile(at("file"));
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
        assertRefused(Reason.NOT_FOUND, () -> storage().deleteFile(at("file")));
    }

    @Test
    void a_partial_alone_can_be_deleted() throws IOException {
        breakOff("file", "partial");
        storage().deleteFile(at("file"));
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
        breakOff("file", "partial");
        clock().advance(partialKeptFor().plusMinutes(5));
        assertRefused(Reason.NOT_FOUND, () -> storage().deleteFile(at("file")));
    }

    @Test
    void a_rename_leaves_no_partial_at_either_name() throws IOException {
        store("from", "published");
        breakOff("from", "partial");
        store("to", "published");
        breakOff("to", "partial");
        storage().rename(at("from"), at("to"));
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("from")));
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("to")));
    }

    @Test
    void a_partial_is_forgotten_after_its_time() throws IOException {
        breakOff("file", "12345");
        clock().advance(partialKeptFor().minusMinutes(5));
        assertThat(storage().partialSize(at("file"))).isEqualTo(5);
        clock().advance(Duration.ofMinutes(10));
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("file")));
        assertRefused(
                Reason.BAD_OFFSET,
                () -> storage().openForWrite(at("file"), new Placement.RestartAt(5)));
    }

    // At the same time

    @Test
    void of_two_uploads_to_one_name_the_last_to_publish_wins() throws IOException {
        try (Upload first = storage().openForWrite(at("file"), REPLACE);
                Upload second = storage().openForWrite(at("file"), REPLACE)) {
            write(first, "first");
            write(second, "second");
            second.publish();
            assertThat(content("file")).isEqualTo("second");
            write(first, " and more");
            first.publish();
        }
        assertThat(content("file")).isEqualTo("first and more");
    }

    @Test
    void uploads_to_one_name_by_many_threads_only_ever_show_whole_files() throws Exception {
        int writers = 4;
        store("file", new byte[LARGE_BYTES / 10]);
        CyclicBarrier start = new CyclicBarrier(writers + 1);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            byte[] bytes = new byte[LARGE_BYTES / 10];
            Arrays.fill(bytes, (byte) writer);
            tasks.add(() -> {
                start.await();
                for (int round = 0; round < 20; round++) {
                    store("file", bytes);
                }
                return true;
            });
        }
        tasks.add(() -> {
            start.await();
            for (int round = 0; round < 60; round++) {
                byte[] seen = bytes("file");
                assertThat(seen).hasSize(LARGE_BYTES / 10);
                assertThat(seen).containsOnly(seen[0]);
            }
            return true;
        });
        runAll(tasks);
        assertThat(names(base())).containsExactly("file");
    }
}
