package io.sealane.core.wire;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses of data connections as PORT, EPRT and 227 write them. No name is ever looked up.
public final class HostPort {
    private static final Pattern SIX_NUMBERS =
            Pattern.compile("(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3})");
    private static final Pattern IPV4 =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    /// A network protocol other than 1 and 2 (RFC 2428 section 2).
    private static final Pattern PROTOCOL = Pattern.compile("(?![12]$)\\d+");

    private static final int OCTET_MAX = 255;
    private static final int PORT_MAX = 65_535;

    private HostPort() {}

    /// What EPRT asked for.
    public sealed interface Extended {
        record Address(InetSocketAddress address) implements Extended {}

        /// A network protocol other than IPv4 (1) and IPv6 (2): 522.
        record UnknownProtocol() implements Extended {}

        record Malformed() implements Extended {}
    }

    /// Parses `h1,h2,h3,h4,p1,p2` (RFC 959 section 5.3.2).
    public static Optional<InetSocketAddress> parsePort(String argument) {
        Matcher numbers = SIX_NUMBERS.matcher(Blanks.between(argument));
        if (!numbers.matches()) {
            return Optional.empty();
        }
        int[] octets = new int[6];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = Integer.parseInt(numbers.group(i + 1));
            if (octets[i] > OCTET_MAX) {
                return Optional.empty();
            }
        }
        byte[] host = {(byte) octets[0], (byte) octets[1], (byte) octets[2], (byte) octets[3]};
        return Optional.of(new InetSocketAddress(address(host), octets[4] * 256 + octets[5]));
    }

    /// Parses `|1|132.235.1.2|6275|` or `|2|1080::8:800:200C:417A|5282|`, with any delimiter of
    /// ASCII 33-126 (RFC 2428 section 2).
    public static Extended parseExtended(String argument) {
        String text = Blanks.between(argument);
        if (text.length() < 7 || text.charAt(0) < '!' || text.charAt(0) > '~') {
            return new Extended.Malformed();
        }
        String[] parts = text.split(Pattern.quote(text.substring(0, 1)), -1);
        if (parts.length != 5 || !parts[4].isEmpty()) {
            return new Extended.Malformed();
        }
        Optional<Integer> port = port(parts[3]);
        if (port.isEmpty()) {
            return new Extended.Malformed();
        }
        Optional<InetAddress> host =
                switch (parts[1]) {
                    case "1" -> ipv4(parts[2]);
                    case "2" -> ipv6(parts[2]);
                    default -> Optional.empty();
                };
        if (host.isPresent()) {
            return new Extended.Address(new InetSocketAddress(host.get(), port.get()));
        }
        return PROTOCOL.matcher(parts[1]).matches()
                ? new Extended.UnknownProtocol()
                : new Extended.Malformed();
    }

    /// Writes `h1,h2,h3,h4,p1,p2`.
    public static String format(Inet4Address host, int port) {
        byte[] octets = host.getAddress();
        return (octets[0] & 0xFF)
                + ","
                + (octets[1] & 0xFF)
                + ","
                + (octets[2] & 0xFF)
                + ","
                + (octets[3] & 0xFF)
                + ","
                + port / 256
                + ","
                + port % 256;
    }

    private static Optional<Integer> port(String text) {
        if (text.isEmpty()
                || text.length() > 5
                || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text);
        return port > PORT_MAX ? Optional.empty() : Optional.of(port);
    }

    private static Optional<InetAddress> ipv4(String text) {
        Matcher numbers = IPV4.matcher(text);
        if (!numbers.matches()) {
            return Optional.empty();
        }
        byte[] octets = new byte[4];
        for (int i = 0; i < octets.length; i++) {
            int value = Integer.parseInt(numbers.group(i + 1));
            if (value > OCTET_MAX) {
                return Optional.empty();
            }
            octets[i] = (byte) value;
        }
        return Optional.of(address(octets));
    }

    private static Optional<InetAddress> ipv6(String text) {
        if (!IPV6.matcher(text).matches() || !text.contains(":")) {
            return Optional.empty();
        }
        try {
            // A literal with a colon is parsed, never looked up.
            InetAddress parsed = InetAddress.ofLiteral(text);
            return parsed instanceof Inet6Address || parsed instanceof Inet4Address
                    ? Optional.of(parsed)
                    : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four octets are an address", impossible);
        }
    }
}
