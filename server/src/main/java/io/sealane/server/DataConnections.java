package io.sealane.server;

import io.sealane.accounts.UserName;
import io.sealane.config.BindAddress;
import io.sealane.config.HostName;
import io.sealane.config.PassiveConfig;
import io.sealane.config.SealaneConfig;
import io.sealane.config.ServerToServerConfig;
import io.sealane.core.data.ActiveSettings;
import io.sealane.core.data.PassiveSettings;
import io.sealane.core.data.PassiveSettings.Binding;
import io.sealane.core.data.PeerCheck;
import io.sealane.core.data.ServerToServer;
import io.sealane.core.limit.Ticker;
import io.sealane.server.log.EventLog;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the configuration says of data connections, in the words of the core.
final class DataConnections {
    private DataConnections() {}

    static PassiveSettings passive(PassiveConfig config, EventLog log) {
        return new PassiveSettings(
                config.ports().first(),
                config.ports().last(),
                new HashSet<>(config.exclude()),
                binding(config),
                new AdvertisedAddresses(config, name -> lookedUp(name, log)),
                switch (config.peerCheck()) {
                    case SAME_ADDRESS -> PeerCheck.SAME_ADDRESS;
                    case SAME_NETWORK -> PeerCheck.SAME_NETWORK;
                    case ANY_IF_RESUMED -> PeerCheck.ANY_IF_RESUMED;
                });
    }

    static ActiveSettings active(SealaneConfig config) {
        return new ActiveSettings(
                config.active().enabled()
                        ? ActiveSettings.Mode.ENABLED
                        : ActiveSettings.Mode.DISABLED,
                switch (config.active().sourcePort()) {
                    case STANDARD -> ActiveSettings.SourcePort.STANDARD;
                    case ANY -> ActiveSettings.SourcePort.ANY;
                });
    }

    static ServerToServer serverToServer(ServerToServerConfig config) {
        Set<UserName> users =
                config.users().stream()
                        .map(UserName::parse)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toUnmodifiableSet());
        return new ServerToServer(
                users,
                address -> config.peers().stream().anyMatch(network -> network.contains(address)));
    }

    /// The configured address if it is of the kind that the client can reach; else the control
    /// connection's own, or every address where another one is advertised: then a translator
    /// between us and the client decides where it arrives.
    ///
    /// It hangs on nothing that differs between clients of one kind, so that they can share a port:
    /// the kernel does not let one socket listen on an address of a port and another on all.
    private static Binding binding(PassiveConfig config) {
        InetAddress every = new InetSocketAddress(0).getAddress();
        Binding unlessFixed = config.advertisesAnother() ? local -> every : local -> local;
        return switch (config.bind()) {
            case BindAddress.Default() -> unlessFixed;
            case BindAddress.Fixed(InetAddress fixed) ->
                    local ->
                            fixed.isAnyLocalAddress() || fixed.getClass().equals(local.getClass())
                                    ? fixed
                                    : unlessFixed.addressFor(local);
        };
    }

    private static AdvertisedName lookedUp(HostName name, EventLog log) {
        return new AdvertisedName(
                name.text(),
                InetAddress::getAllByName,
                Ticker.system(),
                cause ->
                        log.note(
                                Level.WARNING,
                                "advertised-name-unknown",
                                name.text()
                                        + ": "
                                        + cause
                                        + "; the last known address is advertised, or the control"
                                        + " connection's own"));
    }
}
