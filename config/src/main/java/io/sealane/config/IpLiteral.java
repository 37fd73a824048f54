package io.sealane.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// IP addresses written as numbers. Nothing here asks a name server.
final class IpLiteral {
    /// All four numbers: the JDK also reads `10.1` as 10.0.0.1, which nobody means.
    private static final Pattern DOTTED_QUAD =
            Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

    /// What providers use behind their own translation (RFC 6598).
    private static final CidrBlock SHARED = new CidrBlock(InetAddress.ofLiteral("100.64.0.0"), 10);

    private IpLiteral() {}

    /// Parses `192.0.2.1` or `2001:db8::1`, without brackets. An IPv4-mapped IPv6 address is the
    /// IPv4 address.
    static Optional<InetAddress> parse(String text) {
        boolean colons = text.indexOf(':') >= 0;
        if (text.startsWith("[") || (!colons && !DOTTED_QUAD.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the JDK has no parser that answers instead of throwing
        }
    }

    /// The address as numbers, without the JDK's leading `/`.
    static String text(InetAddress address) {
        return address.getHostAddress();
    }

    static boolean isIpv4(InetAddress address) {
        return address instanceof Inet4Address;
    }

    /// Whether the address means the same machine everywhere, as far as the address alone tells.
    static boolean isPublic(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && !SHARED.contains(address);
    }

    /// Whether a socket on `one` and a socket on `other` claim the same traffic: equal addresses,
    /// or a wildcard that holds the other. `::` is dual stack and holds IPv4 as well.
    static boolean overlap(InetAddress one, InetAddress other) {
        return one.equals(other) || holds(one, other) || holds(other, one);
    }

    private static boolean holds(InetAddress wildcard, InetAddress address) {
        return wildcard.isAnyLocalAddress() && (!isIpv4(wildcard) || isIpv4(address));
    }
}
