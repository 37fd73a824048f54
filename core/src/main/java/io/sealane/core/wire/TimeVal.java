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
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private TimeVal() {}

    public static String format(Instant time) {
        return SECONDS.format(time);
    }

    public static Optional<Instant> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
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
                                    Math.min(number(form, 6), 59), // RFC 3659: 60 is a leap second
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
