package io.sealane.config;

import java.util.List;

/// Passive transfers, where the client connects to the server (PASV, EPSV).
///
/// @param ports where the server listens for data connections
/// @param exclude ports among them that are never offered; at most [#EXCLUDED_MAX], and not all
/// @param bind the address that they are on
/// @param advertise the address for clients whom no rule names
/// @param advertiseTo rules by client network, first match wins; at most [#RULES_MAX]
/// @param peerCheck who may connect to a port beside the client's own address
public record PassiveConfig(
        PortRange ports,
        List<Integer> exclude,
        BindAddress bind,
        AdvertisedAddress advertise,
        List<AdvertiseRule> advertiseTo,
        PeerCheck peerCheck) {
    /// Rules are tried one after the other for each PASV: some dozens are plenty.
    public static final int RULES_MAX = 256;

    /// Ports that middleboxes take for something else, 5060 and the like, are few.
    public static final int EXCLUDED_MAX = 256;

    /// Lowest port of a range: those below are for well-known services and need privileges.
    public static final int PORT_MIN = 1024;

    /// Of a configuration file that says nothing about passive transfers.
    public static final PassiveConfig DEFAULTS = withPorts(new PortRange(40_000, 50_000));

    public PassiveConfig {
        exclude = List.copyOf(exclude);
        advertiseTo = List.copyOf(advertiseTo);
        new Bounds<>(0, RULES_MAX).require("number of rules", advertiseTo.size());
        new Bounds<>(0, EXCLUDED_MAX).require("number of excluded ports", exclude.size());
        if (!ports.isKernelChosen()) {
            new Bounds<>(PORT_MIN, PortRange.PORT_MAX).require("first port", ports.first());
        }
        if (!leavesAny(ports, exclude)) {
            throw new IllegalArgumentException("every port of " + ports + " is excluded");
        }
    }

    /// `ports`, and the control connection's own address for everyone.
    public static PassiveConfig withPorts(PortRange ports) {
        return new PassiveConfig(
                ports,
                List.of(),
                new BindAddress.Default(),
                new AdvertisedAddress.OfControlConnection(),
                List.of(),
                PeerCheck.SAME_ADDRESS);
    }

    /// Whether an address other than the control connection's is told to anybody.
    public boolean advertisesAnother() {
        return !(advertise instanceof AdvertisedAddress.OfControlConnection)
                || !advertiseTo.isEmpty();
    }

    /// Whether any port is left to be offered.
    static boolean leavesAny(PortRange ports, List<Integer> exclude) {
        return exclude.stream().filter(ports::contains).distinct().count() < ports.size()
                || ports.isKernelChosen();
    }
}
