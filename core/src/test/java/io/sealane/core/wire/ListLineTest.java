package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.vfs.Access;
import io.sealane.vfs.Entry;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ListLineTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static Entry entry(Entry.Kind kind, long size, String modified) {
        return new Entry(
                "a file",
                kind,
                size,
                Instant.parse(modified),
                OptionalInt.of(0640),
                "alice",
                "staff",
                1,
                "(dev=1,ino=27)",
                Access.ALL,
                Optional.empty());
    }

    private static String line(Entry entry) {
        StringBuilder line = new StringBuilder();
        ListLine.append(line, entry, entry.name(), NOW);
        return line.toString();
    }

    @Test
    void a_recent_file_shows_its_time_of_day() {
        assertThat(line(entry(Entry.Kind.FILE, 1234, "2026-05-03T04:05:06Z")))
                .isEqualTo("-rw-r-----   1 alice    staff            1234 May  3 04:05 a file");
    }

    @Test
    void an_old_file_and_one_from_the_future_show_their_year() {
        assertThat(line(entry(Entry.Kind.FILE, 0, "2025-11-01T00:00:00Z")))
                .endsWith(" Nov  1  2025 a file");
        assertThat(line(entry(Entry.Kind.FILE, 0, "2026-07-01T00:00:00Z")))
                .endsWith(" Jul  1  2026 a file");
    }

    @Test
    void a_time_that_no_calendar_has_shows_a_year_of_four_digits() {
        assertThat(line(entry(Entry.Kind.FILE, 0, "+1000000000-12-31T23:59:59Z")))
                .endsWith(" Dec 31  9999 a file");
        assertThat(line(entry(Entry.Kind.FILE, 0, "-1000000000-01-01T00:00:00Z")))
                .endsWith(" Jan  1     0 a file");
    }

    @Test
    void a_directory_is_one() {
        assertThat(line(entry(Entry.Kind.DIRECTORY, 0, "2026-05-31T23:59:00Z")))
                .startsWith("drw-r-----");
    }

    @Test
    void facts_are_in_order_and_end_with_a_blank_and_the_name() {
        StringBuilder line = new StringBuilder();
        Fact.append(
                line, entry(Entry.Kind.FILE, 1234, "2026-05-03T04:05:06Z"), "a file", Fact.DEFAULT);
        assertThat(line)
                .hasToString(
                        "type=file;size=1234;modify=20260503040506;perm=adfrw;unique=dev1ino27;"
                                + "UNIX.mode=0640; a file");
    }

    @Test
    void opts_mlst_selects_facts_in_any_case_and_forgets_unknown_ones() {
        Set<Fact> selected = Fact.parse("SIZE;type;nonsense;");
        assertThat(Fact.optsList(selected)).isEqualTo("type;size;");
        assertThat(Fact.featList(selected)).isEqualTo("type*;size*;modify;perm;unique;UNIX.mode;");
    }
}
