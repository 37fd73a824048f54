package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.vfs.Entry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListLineTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static String line(Entry entry, ZoneId zone, Instant now) {
        StringBuilder line = new StringBuilder();
        new ListLine(zone, now).append(line, entry, entry.name());
        return line.toString();
    }

    private static String line(Entry entry) {
        return line(entry, ZoneOffset.UTC, NOW);
    }

    private static String time(String modified, ZoneId zone, Instant now) {
        String line = line(Entries.of(Entry.Kind.FILE, 0, modified), zone, now);
        return line.substring(line.length() - "Mmm dd HH:mm a file".length(), line.length() - 7);
    }

    @Test
    void a_recent_file_shows_its_time_of_day() {
        assertThat(line(Entries.of(Entry.Kind.FILE, 1234, "2026-05-03T04:05:06Z")))
                .isEqualTo("-rw-r-----   1 alice    staff            1234 May  3 04:05 a file");
    }

    @Test
    void a_size_is_plain_and_keeps_the_columns_where_they_are() {
        assertThat(line(Entries.of(Entry.Kind.FILE, 999_999_999_999L, "2026-05-03T04:05:06Z")))
                .isEqualTo("-rw-r-----   1 alice    staff    999999999999 May  3 04:05 a file");
    }

    @ParameterizedTest
    @CsvSource({
        // The youngest and the oldest that are recent, and those beside them.
        "2026-06-01T12:00:00Z, Jun  1 12:00",
        "2026-06-01T12:01:00Z, Jun  1 12:01",
        "2026-06-01T12:01:01Z, Jun  1  2026",
        "2025-12-03T12:00:00Z, Dec  3 12:00",
        "2025-12-03T11:59:59Z, Dec  3  2025",
        // Days and years that are easy to get wrong.
        "2016-02-29T18:56:22Z, Feb 29  2016",
        "1970-01-01T00:00:00Z, Jan  1  1970",
        "1969-12-31T23:59:59Z, Dec 31  1969",
        "1901-12-13T20:45:52Z, Dec 13  1901",
        "0033-04-03T15:00:00Z, Apr  3  0033",
        "2038-01-19T03:14:08Z, Jan 19  2038",
        "2106-02-07T06:28:16Z, Feb  7  2106",
        "9999-12-31T23:59:59Z, Dec 31  9999",
        // No client reads five digits.
        "+10000-01-01T00:00:00Z, Dec 31  9999",
        "+1000000000-12-31T23:59:59Z, Dec 31  9999",
        "-1000000000-01-01T00:00:00Z, Jan  1  0000"
    })
    void a_time_of_day_is_shown_from_180_days_ago_to_now(String modified, String shown) {
        assertThat(time(modified, ZoneOffset.UTC, NOW)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Kolkata, 2026-02-28T18:30:00Z, Mar  1 00:00",
        "Asia/Kolkata, 2016-02-28T18:30:00Z, Feb 29  2016",
        "Asia/Kolkata, 1969-12-31T18:30:00Z, Jan  1  1970",
        "Asia/Kolkata, 9999-12-31T23:59:59Z, Dec 31  9999",
        // Half an hour beside the others, in winter and in summer.
        "America/St_Johns, 2026-01-01T03:29:59Z, Dec 31 23:59",
        "America/St_Johns, 2026-05-31T02:30:00Z, May 31 00:00",
        "America/St_Johns, 2016-03-01T03:29:59Z, Feb 29  2016",
        "America/St_Johns, 1970-01-01T00:00:00Z, Dec 31  1969"
    })
    void a_zone_shifts_what_is_shown(String zone, String modified, String shown) {
        assertThat(time(modified, ZoneId.of(zone), NOW)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"Asia/Kolkata", "America/St_Johns", "UTC"})
    void what_is_recent_is_the_same_in_every_zone(String zone) {
        assertThat(time("2025-12-03T12:00:00Z", ZoneId.of(zone), NOW)).contains(":");
        assertThat(time("2025-12-03T11:59:59Z", ZoneId.of(zone), NOW)).contains("  2025");
    }

    @Test
    void a_directory_is_one() {
        assertThat(line(Entries.of(Entry.Kind.DIRECTORY, 0, "2026-05-31T23:59:00Z")))
                .startsWith("drw-r-----");
    }

    @Test
    void a_link_shows_where_it_leads_if_it_may() {
        assertThat(line(Entries.link("../b c"))).startsWith("l").endsWith(" a file -> ../b c");
        assertThat(line(Entries.of(Entry.Kind.LINK, 7, "1970-01-01T00:00:00Z")))
                .endsWith(" 1970 a file");
    }
}
