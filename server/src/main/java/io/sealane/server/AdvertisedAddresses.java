package io.sealane.server;

import io.sealane.config.AdvertiseRule;
import io.sealane.config.AdvertisedAddress;
import io.sealane.config.HostName;
import io.sealane.config.PassiveConfig;
import io.sealane.core.data.PassiveSettings;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The address that 227 names: by the first rule whose network the client is in, else the general
/// one.
final class AdvertisedAddresses implements PassiveSettings.Advertised {
    private final PassiveConfig config;
    private final Map<HostName, AdvertisedName> names;

    /// @param maker makes the one [AdvertisedName] of each name
    AdvertisedAddresses(PassiveConfig config, Function<HostName, AdvertisedName> maker) {
        this.config = config;
        this.names =
                Stream.concat(
                                config.advertiseTo().stream().map(AdvertiseRule::address),
                                Stream.of(config.advertise()))
                        .filter(AdvertisedAddress.Named.class::isInstance)
                        .map(named -> ((AdvertisedAddress.Named) named).name())
                        .distinct()
                        .collect(Collectors.toUnmodifiableMap(Function.identity(), maker));
    }

    @Override
    public Optional<Inet4Address> addressFor(InetAddress client) {
        AdvertisedAddress advertised =
                config.advertiseTo().stream()
                        .filter(rule -> rule.clients().contains(client))
                        .findFirst()
                        .map(AdvertiseRule::address)
                        .orElse(config.advertise());
        return switch (advertised) {
            case AdvertisedAddress.OfControlConnection() -> Optional.empty();
            case AdvertisedAddress.Fixed(Inet4Address address) -> Optional.of(address);
            case AdvertisedAddress.Named(HostName name) ->
                    Optional.ofNullable(names.get(name)).flatMap(AdvertisedName::address);
        };
    }
}
