package io.sealane.core.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Octets of a file from `start` up to `end`, the latter not included. What REST, RANG and the
/// checksum commands select; where a file ends is not known yet, so `end` may be beyond it.
///
/// @param end [#UNBOUNDED] for the end of the file, wherever that is
public record OctetRange(long start, long end) {
    public static final long UNBOUNDED = Long.MAX_VALUE;

    /// Larger ones stand for it, so that each range that RANG selects has an end. No file has an
    /// octet there.
    private static final long LAST_OFFSET = UNBOUNDED - 2;

    public static final OctetRange WHOLE = new OctetRange(0, UNBOUNDED);

    private static final Pattern TWO_NUMBERS = Pattern.compile("(\\d+) +(\\d+)");

    public OctetRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a range: " + start + " to " + end);
        }
    }

    /// What REST selects.
    public static OctetRange from(long start) {
        return new OctetRange(start, UNBOUNDED);
    }

    /// Parses the argument of RANG (expired draft-bryan-ftp-range section 3): two offsets, the
    /// second of the last octet. `1 0` selects the whole file.
    ///
    /// @return empty if it is none
    public static Optional<OctetRange> parseInclusive(String argument) {
        Matcher form = TWO_NUMBERS.matcher(Blanks.between(argument));
        Optional<Long> first = form.matches() ? offset(form.group(1)) : Optional.empty();
        Optional<Long> last = form.matches() ? offset(form.group(2)) : Optional.empty();
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        if (first.get() == 1 && last.get() == 0) {
            return Optional.of(WHOLE);
        }
        if (last.get() < first.get()) {
            return Optional.empty();
        }
        long end = Math.min(last.get(), LAST_OFFSET) + 1;
        return Optional.of(new OctetRange(Math.min(first.get(), LAST_OFFSET), end));
    }

    /// Parses an offset of 63 bits.
    public static Optional<Long> offset(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(digits));
        } catch (NumberFormatException beyond63Bits) {
            return Optional.empty();
        }
    }

    public boolean isBounded() {
        return end != UNBOUNDED;
    }

    public boolean isEmpty() {
        return start == end;
    }

    /// As much of it as there is in a file of `size` octets; empty at the file's end if it begins
    /// behind that.
    public OctetRange within(long size) {
        return new OctetRange(Math.min(start, size), Math.min(end, size));
    }

    /// `START-LAST`, as HASH shows it: the draft wants the second not to be below the first, so an
    /// empty range looks like one octet.
    public String inclusive() {
        return start + "-" + Math.max(start, end - 1);
    }
}
