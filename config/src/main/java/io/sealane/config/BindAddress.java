package io.sealane.config;

import java.net.InetAddress;

/// The address of this machine that passive ports are on. It need not be the one that clients are
/// told.
public sealed interface BindAddress {
    /// That of the control connection; every address where another one than that is advertised to
    /// anybody.
    record Default() implements BindAddress {}

    /// This one, for clients of its kind (IPv4 or IPv6); others get the default.
    record Fixed(InetAddress address) implements BindAddress {}
}
