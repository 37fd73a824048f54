package io.sealane.core.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an argument of a checksum command may mean. No two clients write it alike: with or without
/// quotes, with or without a range behind the path, and a path may itself look like any of that.
/// What exists decides.
///
/// @param range empty if what stands there is none
public record ChecksumArgument(String path, Optional<OctetRange> range) {
    private record Numbered(String before, String number) {}

    /// The readings of a path alone, in the order in which they are tried.
    public static List<ChecksumArgument> ofPath(String argument) {
        List<ChecksumArgument> readings = new ArrayList<>();
        readings.add(new ChecksumArgument(argument, Optional.of(OctetRange.WHOLE)));
        // Interop: WinSCP puts quotes around a path with spaces, FluentFTP does not.
        String unquoted = unquoted(Blanks.between(argument));
        if (!unquoted.equals(argument)) {
            readings.add(new ChecksumArgument(unquoted, Optional.of(OctetRange.WHOLE)));
        }
        return readings;
    }

    /// The readings of `path [start [end]]`, in the order in which they are tried.
    ///
    /// Interop: `end` is the octet behind the last one, as in ProFTPD and SFTPGo; no specification
    /// says so or otherwise.
    public static List<ChecksumArgument> ofPathAndRange(String argument) {
        List<ChecksumArgument> readings = new ArrayList<>(ofPath(argument));
        Optional<Numbered> last = lastNumber(argument);
        if (last.isEmpty()) {
            return readings;
        }
        readings.add(
                new ChecksumArgument(
                        unquoted(last.get().before()),
                        OctetRange.offset(last.get().number()).map(OctetRange::from)));
        lastNumber(last.get().before())
                .map(first ->
                        new ChecksumArgument(
                                unquoted(first.before()),
                                range(first.number(), last.get().number())))
                .ifPresent(readings::add);
        return readings;
    }

    private static Optional<Numbered> lastNumber(String text) {
        String stripped = Blanks.before(text);
        int space = stripped.lastIndexOf(' ');
        String digits = stripped.substring(space + 1);
        String before = space < 0 ? "" : Blanks.before(stripped.substring(0, space));
        boolean numbered =
                !before.isEmpty()
                        && !digits.isEmpty()
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return numbered ? Optional.of(new Numbered(before, digits)) : Optional.empty();
    }

    private static Optional<OctetRange> range(String start, String end) {
        return OctetRange.offset(start)
                .flatMap(from ->
                        OctetRange.offset(end)
                                .filter(to -> from <= to)
                                .map(to -> new OctetRange(from, to)));
    }

    private static String unquoted(String path) {
        boolean quoted = path.length() > 2 && path.startsWith("\"") && path.endsWith("\"");
        return quoted ? path.substring(1, path.length() - 1) : path;
    }
}
