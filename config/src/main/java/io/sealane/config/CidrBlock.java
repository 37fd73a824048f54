package io.sealane.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// A network of IP addresses, `10.0.0.0/8` or `2001:db8::/32`; a single address is a network of
/// one. An IPv4-mapped IPv6 address (`::ffff:10.0.0.1`) is the IPv4 address, here and in
/// [#contains(InetAddress)].
///
/// @param network its first address; no bit behind the prefix is set
/// @param prefix bits that all its addresses share: 0 to 32 for IPv4, 0 to 128 for IPv6
public record CidrBlock(InetAddress network, int prefix) {
    /// Bits in front of the IPv4 address in an IPv4-mapped one (RFC 4291 section 2.5.5.2).
    private static final int MAPPED_PREFIX = 96;

    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    public CidrBlock {
        byte[] bytes = unmapped(network);
        network = address(bytes);
        if (!isBlock(bytes, prefix)) {
            throw new IllegalArgumentException(
                    "not a network: " + IpLiteral.text(network) + "/" + prefix);
        }
    }

    /// Parses `address/prefix` or a single address; empty for anything else, also for a network
    /// with bits behind its prefix such as `10.1.2.3/8`.
    public static Optional<CidrBlock> parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        if (host.indexOf('%') >= 0) {
            return Optional.empty(); // a zone names an interface of this machine, not a network
        }
        return IpLiteral.parse(host)
                .flatMap(network ->
                        slash < 0
                                ? single(network)
                                : block(host, network, text.substring(slash + 1)));
    }

    /// Whether `address` belongs to this network.
    public boolean contains(InetAddress address) {
        byte[] theirs = unmapped(address);
        byte[] ours = network.getAddress();
        return theirs.length == ours.length
                && Arrays.equals(masked(theirs, prefix), masked(ours, prefix));
    }

    /// Whether every address of its kind belongs to it.
    boolean isEverything() {
        return prefix == 0;
    }

    @Override
    public String toString() {
        return IpLiteral.text(network) + "/" + prefix;
    }

    private static Optional<CidrBlock> single(InetAddress address) {
        return Optional.of(new CidrBlock(address, address.getAddress().length * Byte.SIZE));
    }

    private static Optional<CidrBlock> block(String host, InetAddress network, String prefixText) {
        if (!PREFIX.matcher(prefixText).matches()) {
            return Optional.empty();
        }
        boolean mapped = host.indexOf(':') >= 0 && IpLiteral.isIpv4(network);
        int prefix = Integer.parseInt(prefixText) - (mapped ? MAPPED_PREFIX : 0);
        return isBlock(network.getAddress(), prefix)
                ? Optional.of(new CidrBlock(network, prefix))
                : Optional.empty();
    }

    private static boolean isBlock(byte[] network, int prefix) {
        return prefix >= 0
                && prefix <= network.length * Byte.SIZE
                && Arrays.equals(network, masked(network, prefix));
    }

    private static byte[] masked(byte[] address, int prefix) {
        byte[] kept = new byte[address.length];
        for (int i = 0; i < kept.length; i++) {
            int bits = Math.clamp(prefix - (long) i * Byte.SIZE, 0, Byte.SIZE);
            kept[i] = (byte) (address[i] & (0xFF << (Byte.SIZE - bits)));
        }
        return kept;
    }

    private static byte[] unmapped(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean mapped =
                bytes.length == 16
                        && Arrays.equals(bytes, 0, 10, new byte[10], 0, 10)
                        && bytes[10] == (byte) 0xFF
                        && bytes[11] == (byte) 0xFF;
        return mapped ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("neither 4 nor 16 bytes", e);
        }
    }
}
