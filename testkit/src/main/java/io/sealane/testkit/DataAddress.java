package io.sealane.testkit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Data connection addresses as FTP writes them: RFC 959 (PORT, 227), RFC 2428 (EPRT, 229).
final class DataAddress {
    private static final Pattern PASV_ADDRESS =
            Pattern.compile("227 [^(]*\\((\\d+),(\\d+),(\\d+),(\\d+),(\\d+),(\\d+)\\)[^)]*");
    private static final Pattern EPSV_PORT = Pattern.compile("229 [^(]*\\(\\|\\|\\|(\\d+)\\|\\).*");

    private DataAddress() {}

    /// Parses the last line of a 227 or 229 reply; `peer` is the address a 229 leaves out.
    static InetSocketAddress parse(Reply reply, InetAddress peer) {
        String line = reply.lines().getLast();
        Matcher epsv = EPSV_PORT.matcher(line);
        if (epsv.matches()) {
            return new InetSocketAddress(peer, port(number(epsv.group(1), 65_535, line), line));
        }
        Matcher pasv = PASV_ADDRESS.matcher(line);
        if (!pasv.matches()) {
            throw violation("neither 227 ...(h1,h2,h3,h4,p1,p2) nor 229 ...(|||port|)", line);
        }
        byte[] address = new byte[4];
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) number(pasv.group(i + 1), 255, line);
        }
        int port = number(pasv.group(5), 255, line) * 256 + number(pasv.group(6), 255, line);
        return new InetSocketAddress(inetAddress(address), port(port, line));
    }

    /// Writes `h1,h2,h3,h4,p1,p2`; IPv4 only.
    static String port(InetSocketAddress local) {
        InetAddress address = local.getAddress();
        if (address instanceof Inet6Address) {
            throw new IllegalStateException("PORT and PASV are for IPv4; use EPRT or EPSV");
        }
        int port = local.getPort();
        return address.getHostAddress().replace('.', ',') + "," + port / 256 + "," + port % 256;
    }

    /// Writes `|1|address|port|`, or `|2|...` for IPv6, without a scope.
    static String eprt(InetSocketAddress local) {
        InetAddress address = local.getAddress();
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        String host = scope < 0 ? text : text.substring(0, scope);
        int family = address instanceof Inet6Address ? 2 : 1;
        return "|" + family + "|" + host + "|" + local.getPort() + "|";
    }

    private static int number(String digits, int max, String line) {
        boolean tooLong = digits.length() > 5 || (digits.startsWith("0") && digits.length() > 1);
        if (tooLong || Integer.parseInt(digits) > max) {
            throw violation("a number in an address is out of range: " + digits, line);
        }
        return Integer.parseInt(digits);
    }

    private static int port(int number, String line) {
        if (number == 0) {
            throw violation("port 0 cannot be connected to", line);
        }
        return number;
    }

    private static InetAddress inetAddress(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException defect) {
            throw new IllegalStateException("four bytes are an IPv4 address", defect);
        }
    }

    private static ProtocolViolation violation(String rule, String line) {
        return new ProtocolViolation(rule, line.getBytes(StandardCharsets.UTF_8));
    }
}
