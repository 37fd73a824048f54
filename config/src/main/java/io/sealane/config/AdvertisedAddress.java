package io.sealane.config;

import java.net.Inet4Address;
import java.net.InetAddress;

/// Which address a reply to PASV names. EPSV (RFC 2428) names none, so that all of this is about
/// IPv4 alone.
public sealed interface AdvertisedAddress {
    /// The address on which the server sees the control connection arrive.
    record OfControlConnection() implements AdvertisedAddress {}

    /// A fixed address, a router's outer one for example.
    record Fixed(Inet4Address address) implements AdvertisedAddress {
        public Fixed {
            if (!isUsable(address)) {
                throw new IllegalArgumentException("nobody can connect to " + address);
            }
        }

        static boolean isUsable(InetAddress address) {
            return address instanceof Inet4Address
                    && !address.isAnyLocalAddress()
                    && !address.isMulticastAddress();
        }

        @Override
        public String toString() {
            return address.getHostAddress();
        }
    }

    /// A DNS name, to be looked up by the server, and again as time goes by.
    record Named(HostName name) implements AdvertisedAddress {
        @Override
        public String toString() {
            return name.text();
        }
    }
}
