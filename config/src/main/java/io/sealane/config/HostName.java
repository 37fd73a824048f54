package io.sealane.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A DNS host name in ASCII, lower case (RFC 1123 section 2.1); international names in their `xn--`
/// form. Not looked up here.
public record HostName(String text) {
    /// Longest name without its final dot (RFC 1035 section 2.3.4).
    private static final int CHARS_MAX = 253;

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    /// The last label holds a letter, so that a mistyped IP address is not taken for a name.
    private static final Pattern FORM =
            Pattern.compile("(?:" + LABEL + "\\.)*(?=[a-z0-9-]*[a-z])" + LABEL);

    public HostName {
        if (!isName(text)) {
            throw new IllegalArgumentException("not a DNS name in lower case: " + text);
        }
    }

    /// Parses a name in any case.
    public static Optional<HostName> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return isName(lower) ? Optional.of(new HostName(lower)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isName(String text) {
        return text.length() <= CHARS_MAX && FORM.matcher(text).matches();
    }
}
