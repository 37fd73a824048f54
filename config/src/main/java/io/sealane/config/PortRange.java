package io.sealane.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// TCP ports from `first` to `last`, both included: `40000-50000`, or a single `40000`. The range
/// `0` stands for "whatever port the kernel chooses".
///
/// @param first 1 to 65535, or 0 together with `last`
/// @param last `first` to 65535
public record PortRange(int first, int last) {
    public static final int PORT_MAX = 65_535;

    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    public PortRange {
        if (!isRange(first, last)) {
            throw new IllegalArgumentException("not a port range: " + first + "-" + last);
        }
    }

    /// Parses `first-last`, a single port, or `0`; empty for anything else.
    public static Optional<PortRange> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(form.group(1));
        int last = form.group(2) == null ? first : Integer.parseInt(form.group(2));
        return isRange(first, last) ? Optional.of(new PortRange(first, last)) : Optional.empty();
    }

    public boolean isKernelChosen() {
        return first == 0;
    }

    /// How many ports the range names; 0 if the kernel chooses.
    public int size() {
        return isKernelChosen() ? 0 : last - first + 1;
    }

    public boolean contains(int port) {
        return !isKernelChosen() && first <= port && port <= last;
    }

    @Override
    public String toString() {
        return first == last ? String.valueOf(first) : first + "-" + last;
    }

    private static boolean isRange(int first, int last) {
        return first == 0 ? last == 0 : first > 0 && first <= last && last <= PORT_MAX;
    }
}
