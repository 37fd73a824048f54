package io.sealane.server;

import io.sealane.accounts.Realm;
import io.sealane.config.HostConfig;
import io.sealane.config.SealaneConfig;
import io.sealane.config.SecretPlaces;
import io.sealane.config.StorageConfig;
import io.sealane.config.TlsDemands;
import io.sealane.core.command.VirtualHost;
import io.sealane.core.command.VirtualHost.Availability;
import io.sealane.core.command.VirtualHosts;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.core.wire.HostArgument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// From the hosts of the configuration to those that the server is.
final class Hosts {
    private Hosts() {}

    static VirtualHosts of(SealaneConfig config) {
        SecretPlaces secrets = SecretPlaces.of(config);
        Realm unnamed =
                new Realm.Unnamed(
                        config.hosts().stream()
                                .flatMap(host -> host.realm().stream())
                                .collect(Collectors.toSet()));
        VirtualHost main =
                new VirtualHost(
                        VirtualHost.MAIN,
                        Availability.SERVED,
                        unnamed,
                        List.of(),
                        new LocalFiles(config.storage(), secrets));
        Map<HostArgument, VirtualHost> named = new HashMap<>();
        for (HostConfig host : config.hosts()) {
            VirtualHost made = beside(main, host, config.storage(), secrets);
            host.names()
                    .forEach(
                            name -> named.put(HostArgument.parse(name.text()).orElseThrow(), made));
        }
        return new VirtualHosts(main, named);
    }

    private static VirtualHost beside(
            VirtualHost main, HostConfig host, StorageConfig storage, SecretPlaces secrets) {
        String name = host.names().getFirst().text();
        return new VirtualHost(
                name,
                host.enabled() ? Availability.SERVED : Availability.CLOSED,
                host.realm().<Realm>map(Realm.Named::new).orElse(main.realm()),
                host.tls().equals(TlsDemands.NONE)
                        ? List.of()
                        : List.of(new Layer("host " + name, ListenerPolicies.demands(host.tls()))),
                host.mounts().isEmpty()
                        ? main.storage()
                        : new LocalFiles(storage.withMounts(host.mounts()), secrets));
    }
}
