package io.sealane.core.command;

import io.sealane.core.wire.HostArgument;
import java.util.Map;
import java.util.Optional;

/// The hosts that one server is. Clients choose among them by name: by HOST (RFC 7151), or else by
/// the server name of their TLS handshake. Immutable.
///
/// @param main of those who choose none, or by a server name that is none
/// @param named if there are none, HOST is not served, which lets clients go on without it
public record VirtualHosts(VirtualHost main, Map<HostArgument, VirtualHost> named) {
    public VirtualHosts {
        named = Map.copyOf(named);
    }

    /// A server that is one host.
    public static VirtualHosts of(Services.StorageProvider storage) {
        return new VirtualHosts(VirtualHost.of(storage), Map.of());
    }

    /// Whether there is anything to choose. If not, FEAT does not name HOST.
    public boolean exist() {
        return !named.isEmpty();
    }

    /// The host that goes by this name.
    public Optional<VirtualHost> find(HostArgument name) {
        return Optional.ofNullable(named.get(name));
    }

    /// The host that a client is at.
    ///
    /// @param chosen by HOST
    /// @param serverName of the TLS handshake
    VirtualHost at(Optional<HostArgument> chosen, Optional<String> serverName) {
        if (named.isEmpty()) {
            return main;
        }
        return chosen.or(() -> serverName.flatMap(HostArgument::parse))
                .flatMap(this::find)
                .orElse(main);
    }
}
