package io.sealane.conformance.clients;

/// An address family, by its loopback address.
enum Family {
    IPV4("127.0.0.1"),
    IPV6("::1");

    private final String host;

    Family(String host) {
        this.host = host;
    }

    String host() {
        return host;
    }

    /// The address as a URL has it.
    String inUrl() {
        return switch (this) {
            case IPV4 -> host;
            case IPV6 -> "[" + host + "]";
        };
    }
}
