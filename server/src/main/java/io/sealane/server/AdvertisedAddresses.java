package io.sealane.server;

import io.sealane.config.AdvertiseRule;
import io.sealane.config.AdvertisedAddress;
import io.sealane.config.HostName;
import io.sealane.config.PassiveConfig;
import io.sealane.core.data.PassiveSettings;
import io.sealane.server.log.EventLog;
import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/// The address that 227 names: by the first rule whose network the client is in, else the general
/// one. Names are looked up again whenever the system's cache lets them go (30 seconds).
final class AdvertisedAddresses implements PassiveSettings.Advertised {
    private final PassiveConfig config;
    private final EventLog log;

    AdvertisedAddresses(PassiveConfig config, EventLog log) {
        this.config = config;
        this.log = log;
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
            case AdvertisedAddress.Named(HostName name) -> lookUp(name.text());
        };
    }

    private Optional<Inet4Address> lookUp(String name) {
        try {
            return Stream.of(InetAddress.getAllByName(name))
                    .filter(Inet4Address.class::isInstance)
                    .map(Inet4Address.class::cast)
                    .findFirst();
        } catch (UnknownHostException unknown) {
            log.note(
                    Level.WARNING,
                    "advertised-name-unknown",
                    name + ": the control connection's own address is advertised instead");
            return Optional.empty();
        }
    }
}
