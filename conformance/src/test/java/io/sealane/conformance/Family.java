package io.sealane.conformance;

import java.net.InetAddress;

/// The two loopbacks.
enum Family {
    IPV4("127.0.0.1"),
    IPV6("::1");

    private final InetAddress loopback;

    Family(String literal) {
        this.loopback = InetAddress.ofLiteral(literal);
    }

    InetAddress loopback() {
        return loopback;
    }
}
