package io.sealane.conformance;

import io.sealane.accounts.Realm;
import io.sealane.core.command.Services.StorageProvider;
import io.sealane.core.command.VirtualHost;
import io.sealane.core.command.VirtualHost.Availability;
import io.sealane.core.command.VirtualHosts;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.core.tls.TlsDemands;
import io.sealane.core.wire.HostArgument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Hosts of a server beside the main one.
///
/// @param realms names of those that have one
record TestHosts(List<Host> hosts, Set<String> realms) {
    static final TestHosts NONE = new TestHosts(List.of(), Set.of());

    /// Hosts that are as the main one, with names that say what they are.
    static final TestHosts LIKE_MAIN =
            NONE.and(Host.named("ftp.example.com", "127.0.0.1", "[::1]"))
                    .and(Host.named("asleep.example.com").closed());

    /// @param realm empty: the accounts of no realm
    /// @param demands of TLS, in words
    /// @param storage empty: the main host's
    record Host(
            List<String> names,
            Availability availability,
            String realm,
            String demands,
            Optional<StorageProvider> storage) {
        static Host named(String... names) {
            return new Host(List.of(names), Availability.SERVED, "", "", Optional.empty());
        }

        Host closed() {
            return new Host(names, Availability.CLOSED, realm, demands, storage);
        }

        Host realm(String name) {
            return new Host(names, availability, name, demands, storage);
        }

        Host demands(String words) {
            return new Host(names, availability, realm, words, storage);
        }

        Host storage(StorageProvider own) {
            return new Host(names, availability, realm, demands, Optional.of(own));
        }
    }

    TestHosts and(Host host) {
        List<Host> all = new ArrayList<>(hosts);
        all.add(host);
        Set<String> named = new HashSet<>(realms);
        if (!host.realm().isEmpty()) {
            named.add(host.realm());
        }
        return new TestHosts(all, named);
    }

    /// All of them, the main one with these files.
    VirtualHosts over(StorageProvider main) {
        Realm unnamed = new Realm.Unnamed(realms);
        Map<HostArgument, VirtualHost> named = new LinkedHashMap<>();
        for (Host host : hosts) {
            VirtualHost made =
                    new VirtualHost(
                            host.names().getFirst(),
                            host.availability(),
                            host.realm().isEmpty() ? unnamed : new Realm.Named(host.realm()),
                            host.demands().isEmpty()
                                    ? List.of()
                                    : List.of(
                                            new Layer(
                                                    "host " + host.names().getFirst(),
                                                    TlsDemands.parse(host.demands()))),
                            host.storage().orElse(main));
            host.names().forEach(name -> named.put(HostArgument.parse(name).orElseThrow(), made));
        }
        return new VirtualHosts(
                new VirtualHost(VirtualHost.MAIN, Availability.SERVED, unnamed, List.of(), main),
                named);
    }
}
