package io.sealane.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Where the running server says how it is.
///
/// @param address a resolved address; port 0 = chosen by the kernel
public record AdminConfig(InetSocketAddress address) {
    public static final AdminConfig DEFAULTS =
            new AdminConfig(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8021));

    public AdminConfig {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("not an IP address: " + address.getHostString());
        }
    }
}
