package io.sealane.core.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times of MDTM, MFMT and MLSx: `YYYYMMDDhhmmss[.sss]`, always UTC (RFC 3659 section 2.3).
public final class TimeVal {
    private static final Pattern FORM =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(\\d{2})(\\d{2})(\\d{2})(?:\\.(\\d{1,9}))?");

    /// The proleptic year `uuuu`: `yyyy` counts from 1 again before the year 1.
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int LEAP_SECOND = 60;
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private TimeVal() {}

    public static String format(Instant time) {
        return SECONDS.format(writable(time));
    }

    /// The time itself, or the nearest that has a year of four digits: disks hold stranger ones.
    static Instant writable(Instant time) {
        if (time.isBefore(FIRST)) {
            return FIRST;
        }
        return time.isAfter(LAST) ? LAST : time;
    }

    public static Optional<Instant> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int second = number(form, 6);
        if (second > LEAP_SECOND) {
            return Optional.empty();
        }
        String fraction = form.group(7);
        int nanos =
                fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
        try {
            return Optional.of(
                    LocalDateTime.of(
                                    number(form, 1),
                                    number(form, 2),
                                    number(form, 3),
                                    number(form, 4),
                                    number(form, 5),
                                    Math.min(second, LEAP_SECOND - 1), // RFC 3659 section 2.3
                                    nanos)
                            .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
