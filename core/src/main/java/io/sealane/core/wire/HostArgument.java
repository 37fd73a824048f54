package io.sealane.core.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What HOST names (RFC 7151 section 3.1): a DNS name in ASCII (internationalized ones as
/// A-labels), an IPv4 address, or an IPv6 address in brackets. No name is ever looked up.
///
/// @param text in one form: names in small letters, IPv6 as RFC 5952 has it, in brackets
public record HostArgument(String text) {
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

    /// Longest name without the root's dot (RFC 1035 section 2.3.4).
    private static final int NAME_LENGTH_MAX = 253;

    /// A name that ends in a number could be taken for an address (RFC 3696 section 2).
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?[0-9]+");

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[([0-9A-Fa-f:.]{2,45})]");

    /// @return empty if it is none of the three; a port behind it makes it none
    public static Optional<HostArgument> parse(String argument) {
        String text = Blanks.between(argument);
        if (IPV4.matcher(text).matches()) {
            return Optional.of(new HostArgument(text));
        }
        if (text.startsWith("[")) {
            return ipv6(text);
        }
        boolean isName =
                text.length() <= NAME_LENGTH_MAX
                        && NAME.matcher(text).matches()
                        && !ENDS_IN_NUMBER.matcher(text).matches();
        return isName
                ? Optional.of(new HostArgument(text.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /// Whether a name that TLS knows it by (SNI, in any case) is this one.
    public boolean isNamed(String name) {
        return text.equals(name.toLowerCase(Locale.ROOT));
    }

    private static Optional<HostArgument> ipv6(String text) {
        var literal = IPV6.matcher(text);
        if (!literal.matches() || literal.group(1).indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.ofLiteral(literal.group(1));
            // An IPv4-mapped IPv6 address is the IPv4 address.
            String name = AddressText.of(address);
            return Optional.of(
                    new HostArgument(address instanceof Inet4Address ? name : "[" + name + "]"));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
