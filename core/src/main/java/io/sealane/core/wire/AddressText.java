package io.sealane.core.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Addresses as people read them: IPv6 in the form of RFC 5952 section 4, lower case, the longest
/// run of zero groups as `::`.
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /// An address, with its zone behind `%` if it has one.
    public static String of(InetAddress address) {
        return switch (address) {
            case Inet6Address six -> groups(six) + zone(six);
            default -> address.getHostAddress();
        };
    }

    /// An address and a port: `192.0.2.1:21`, `[2001:db8::1]:21`.
    public static String of(InetSocketAddress address) {
        String host = of(address.getAddress());
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
                + ":"
                + address.getPort();
    }

    private static String zone(Inet6Address address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? "" : text.substring(zone);
    }

    private static String groups(Inet6Address address) {
        char[] groups = new char[GROUPS];
        ByteBuffer.wrap(address.getAddress()).asCharBuffer().get(groups);
        int start = 0;
        int length = 1; // A single zero group stays.
        for (int at = 0; at < GROUPS; at++) {
            int run = zeros(groups, at);
            if (run > length) {
                start = at;
                length = run;
            }
        }
        return length == 1
                ? join(groups, 0, GROUPS)
                : join(groups, 0, start) + "::" + join(groups, start + length, GROUPS);
    }

    private static int zeros(char[] groups, int from) {
        int at = from;
        while (at < GROUPS && groups[at] == 0) {
            at++;
        }
        return at - from;
    }

    private static String join(char[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int at = from; at < to; at++) {
            text.append(at == from ? "" : ":").append(Integer.toHexString(groups[at]));
        }
        return text.toString();
    }
}
