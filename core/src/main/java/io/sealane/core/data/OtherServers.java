package io.sealane.core.data;

import java.net.InetAddress;
import java.util.function.Predicate;

/// The machines beside a user's own that its data connections may go to and come from.
public sealed interface OtherServers {
    record None() implements OtherServers {}

    record Within(Predicate<InetAddress> networks) implements OtherServers {}

    default boolean include(InetAddress address) {
        return switch (this) {
            case None() -> false;
            case Within(Predicate<InetAddress> networks) -> networks.test(address);
        };
    }

    /// Who a peer at this address is. A client that comes from there is one of them.
    default DataConnection.Peer peerAt(InetAddress address) {
        return include(address) ? DataConnection.Peer.OTHER_SERVER : DataConnection.Peer.CLIENT;
    }
}
