package io.sealane.server.doctor;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The host to examine: a name, an IPv4 address, or an IPv6 address, in brackets if a port follows.
///
/// @param host without brackets
/// @param port 1 to 65535, if one was given
public record Target(String host, OptionalInt port) {
    private static final int PORT_MAX = 65_535;

    /// RFC 1035 section 2.3.4.
    private static final int NAME_LENGTH_MAX = 253;

    private static final Pattern BRACKETS = Pattern.compile("\\[([0-9A-Fa-f:.%\\w]+)](?::(\\d+))?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[\\w:.%]*");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern NAME = Pattern.compile("([^\\s:/@\\[\\]\\p{Cntrl}]+)(?::(\\d+))?");

    /// Parses `HOST`, `HOST:PORT`, `[IPV6]:PORT` or an IPv6 address alone; empty if it is none.
    public static Optional<Target> parse(String text) {
        if (IPV6.matcher(text).matches()) {
            return Optional.of(new Target(text, OptionalInt.empty()));
        }
        for (Pattern form : new Pattern[] {BRACKETS, NAME}) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches() && matcher.group(1).length() <= NAME_LENGTH_MAX) {
                String port = matcher.group(2);
                if (port == null) {
                    return Optional.of(new Target(matcher.group(1), OptionalInt.empty()));
                }
                return port(port)
                        .map(number -> new Target(matcher.group(1), OptionalInt.of(number)));
            }
        }
        return Optional.empty();
    }

    /// Parses a port, 1 to 65535.
    public static Optional<Integer> port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= PORT_MAX ? Optional.of(port) : Optional.empty();
    }

    /// Whether the host is an address.
    boolean isLiteral() {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }
}
