package io.sealane.core.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times of MDTM, MFMT and MLSx: `YYYYMMDDhhmmss[.sss]`, always UTC (RFC 3659 section 2.3).
public final class TimeVal {
    private static final Pattern FORM =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(\\d{2})(\\d{2})(\\d{2})(?:\\.(\\d{1,9}))?");
    private static final int LEAP_SECOND = 60;

    private TimeVal() {}

    public static String format(Instant time) {
        StringBuilder text = new StringBuilder();
        append(text, time);
        return text.toString();
    }

    /// Appends the fourteen digits; a fraction of a second is left out.
    static void append(StringBuilder text, Instant time) {
        CalendarTime utc = CalendarTime.utc(time);
        Digits.padWithZeros(text, utc.date().getYear(), 4);
        Digits.pair(text, utc.date().getMonthValue());
        Digits.pair(text, utc.date().getDayOfMonth());
        Digits.pair(text, utc.hour());
        Digits.pair(text, utc.minute());
        Digits.pair(text, utc.second());
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
