package io.sealane.core.server;

import io.sealane.core.limit.Admittance;
import io.sealane.core.tls.PolicyOptions;
import io.sealane.core.tls.TlsPolicy;
import io.sealane.core.tls.TlsSource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// One listener: where it listens, and what it demands.
///
/// @param name for logs
/// @param addresses at least one; port 0 lets the system choose
/// @param policy its mode and what it demands of TLS
/// @param policyOptions how it meets the policies of accounts and mounts, and what is tried
/// @param tls where TLS comes from; never asked in mode plain
/// @param admittance who may use it
/// @param sniff how long mode auto waits for a ClientHello
public record ListenerSettings(
        String name,
        List<InetSocketAddress> addresses,
        TlsPolicy policy,
        PolicyOptions policyOptions,
        TlsSource tls,
        Admittance admittance,
        Duration sniff) {
    /// A listener for everybody.
    public ListenerSettings(
            String name,
            List<InetSocketAddress> addresses,
            TlsPolicy policy,
            PolicyOptions policyOptions,
            TlsSource tls,
            Duration sniff) {
        this(name, addresses, policy, policyOptions, tls, Admittance.EVERYBODY, sniff);
    }

    public ListenerSettings {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("listener " + name + " without an address");
        }
    }
}
