package io.sealane.config;

import java.util.List;

/// Passive transfers, where the client connects to the server (PASV, EPSV).
///
/// @param ports where the server listens for data connections
/// @param advertise the address for clients whom no rule names
/// @param advertiseTo rules by client network, first match wins; at most [#RULES_MAX]
public record PassiveConfig(
        PortRange ports, AdvertisedAddress advertise, List<AdvertiseRule> advertiseTo) {
    /// Rules are tried one after the other for each PASV: some dozens are plenty.
    public static final int RULES_MAX = 256;

    /// Lowest port of a range: those below are for well-known services and need privileges.
    public static final int PORT_MIN = 1024;

    /// Of a configuration file that says nothing about passive transfers.
    public static final PassiveConfig DEFAULTS = withPorts(new PortRange(40_000, 50_000));

    public PassiveConfig {
        advertiseTo = List.copyOf(advertiseTo);
        new Bounds<>(0, RULES_MAX).require("number of rules", advertiseTo.size());
        if (!ports.isKernelChosen()) {
            new Bounds<>(PORT_MIN, PortRange.PORT_MAX).require("first port", ports.first());
        }
    }

    /// `ports`, and the control connection's own address for everyone.
    public static PassiveConfig withPorts(PortRange ports) {
        return new PassiveConfig(ports, new AdvertisedAddress.OfControlConnection(), List.of());
    }
}
