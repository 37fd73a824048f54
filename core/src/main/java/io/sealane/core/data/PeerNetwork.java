package io.sealane.core.data;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// The addresses that count as one peer.
///
/// @param first its lowest address
record PeerNetwork(InetAddress first, Extent extent) {
    /// How many leading bits the addresses share.
    enum Extent {
        ADDRESS(32, 128),
        /// What providers hand to one customer or rotate one customer through: a /24 of IPv4, a /64
        /// of IPv6 (RFC 6177).
        NETWORK(24, 64);

        private final int ipv4Bits;
        private final int ipv6Bits;

        Extent(int ipv4Bits, int ipv6Bits) {
            this.ipv4Bits = ipv4Bits;
            this.ipv6Bits = ipv6Bits;
        }

        private int bits(int octets) {
            return octets == 4 ? ipv4Bits : ipv6Bits;
        }
    }

    private static final int IPV6_OCTETS = 16;

    /// Octets in front of the IPv4 address in an IPv4-mapped one (RFC 4291 section 2.5.5.2).
    private static final int MAPPED_OCTETS = 12;

    static PeerNetwork of(InetAddress member, Extent extent) {
        byte[] octets = plain(member).getAddress();
        int bits = extent.bits(octets.length);
        for (int i = 0; i < octets.length; i++) {
            int kept = Math.clamp(bits - (long) i * Byte.SIZE, 0, Byte.SIZE);
            octets[i] = (byte) (octets[i] & (0xFF << (Byte.SIZE - kept)));
        }
        return new PeerNetwork(address(octets), extent);
    }

    boolean contains(InetAddress address) {
        return equals(of(address, extent));
    }

    /// The address without a zone, and as IPv4 if it is IPv4-mapped.
    static InetAddress plain(InetAddress address) {
        return address(address.getAddress());
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(
                    octets.length == IPV6_OCTETS ? unmapped(octets) : octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("neither 4 nor 16 octets", impossible);
        }
    }

    private static byte[] unmapped(byte[] octets) {
        for (int i = 0; i < MAPPED_OCTETS; i++) {
            if (octets[i] != (i < MAPPED_OCTETS - 2 ? 0 : (byte) 0xFF)) {
                return octets;
            }
        }
        return Arrays.copyOfRange(octets, MAPPED_OCTETS, IPV6_OCTETS);
    }
}
