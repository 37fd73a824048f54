package io.sealane.core.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/// A moment as a calendar and a clock on the wall show it, cut to the years 0000 to 9999: listings
/// and `time-val` (RFC 3659 section 2.3) have four digits for a year, and clients read no more.
///
/// Made for each line of a listing, so it is arithmetic alone: no formatter, no pattern.
///
/// @param secondOfDay 0 to 86,399
record CalendarTime(LocalDate date, int secondOfDay) {
    private static final int DAY_SECONDS = 86_400;
    private static final long FIRST = second(LocalDateTime.of(0, 1, 1, 0, 0, 0));
    private static final long LAST = second(LocalDateTime.of(9999, 12, 31, 23, 59, 59));

    static CalendarTime utc(Instant time) {
        return ofLocalSecond(time.getEpochSecond());
    }

    static CalendarTime at(Instant time, ZoneRules zone) {
        return ofLocalSecond(time.getEpochSecond() + zone.getOffset(time).getTotalSeconds());
    }

    int hour() {
        return secondOfDay / 3600;
    }

    int minute() {
        return secondOfDay / 60 % 60;
    }

    int second() {
        return secondOfDay % 60;
    }

    private static CalendarTime ofLocalSecond(long second) {
        long cut = Math.clamp(second, FIRST, LAST);
        return new CalendarTime(
                LocalDate.ofEpochDay(Math.floorDiv(cut, DAY_SECONDS)),
                Math.floorMod(cut, DAY_SECONDS));
    }

    private static long second(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC);
    }
}
