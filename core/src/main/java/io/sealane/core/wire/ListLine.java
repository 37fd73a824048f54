package io.sealane.core.wire;

import io.sealane.vfs.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Lines of LIST, in the form that `ls -l` gives in the C locale and that every client parses.
/// Times are UTC: RFC 959 gives no zone, and MLSD has the same.
public final class ListLine {
    /// Older entries show their year instead of the time of day, as `ls` does.
    private static final Duration TIME_SHOWN_FOR = Duration.ofDays(180);

    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final int SIZE_WIDTH = 12;
    private static final int NAME_WIDTH = 8;

    private ListLine() {}

    /// Appends one line, without line end.
    public static void append(StringBuilder line, Entry entry, String name, Instant now) {
        line.append(type(entry.kind()));
        appendMode(line, entry);
        pad(line, Integer.toString(entry.links()), -4);
        line.append(' ');
        pad(line, entry.owner(), NAME_WIDTH);
        line.append(' ');
        pad(line, entry.group(), NAME_WIDTH);
        line.append(' ');
        pad(line, Long.toString(entry.size()), -SIZE_WIDTH);
        line.append(' ');
        appendTime(line, entry.modified(), now);
        line.append(' ').append(name);
    }

    private static char type(Entry.Kind kind) {
        return switch (kind) {
            case FILE, OTHER -> '-';
            case DIRECTORY -> 'd';
            case LINK -> 'l';
        };
    }

    private static void appendMode(StringBuilder line, Entry entry) {
        int mode = entry.mode().orElse(entry.isDirectory() ? 0755 : 0644);
        for (int bit = 8; bit >= 0; bit--) {
            line.append((mode >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
    }

    private static void appendTime(StringBuilder line, Instant modified, Instant now) {
        LocalDateTime time = LocalDateTime.ofInstant(TimeVal.writable(modified), ZoneOffset.UTC);
        line.append(MONTHS[time.getMonthValue() - 1]).append(' ');
        pad(line, Integer.toString(time.getDayOfMonth()), -2);
        line.append(' ');
        boolean recent =
                !modified.isAfter(now.plusSeconds(60))
                        && modified.isAfter(now.minus(TIME_SHOWN_FOR));
        if (recent) {
            two(line, time.getHour()).append(':');
            two(line, time.getMinute());
        } else {
            pad(line, Integer.toString(time.getYear()), -5);
        }
    }

    private static StringBuilder two(StringBuilder line, int number) {
        return line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /// Pads to `width`; a negative width aligns to the right.
    private static void pad(StringBuilder line, String text, int width) {
        int blanks = Math.abs(width) - text.length();
        if (width < 0) {
            line.repeat(' ', Math.max(0, blanks));
        }
        line.append(text);
        if (width > 0) {
            line.repeat(' ', Math.max(0, blanks));
        }
    }
}
