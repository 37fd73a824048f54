package io.sealane.core.data;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Where passive data connections come in, and from whom.
///
/// @param firstPort lowest port offered, 1 to 65535; 0 with `lastPort` 0: those that the system
///   gives to whoever asks for any
/// @param lastPort highest port offered
/// @param excluded ports between the two that are never offered
/// @param binding which address of this machine the ports are on
/// @param advertised which address 227 names to a client
public record PassiveSettings(
        int firstPort,
        int lastPort,
        Set<Integer> excluded,
        Binding binding,
        Advertised advertised,
        PeerCheck peerCheck) {
    public PassiveSettings {
        excluded = Set.copyOf(excluded);
        if (firstPort < 0 || lastPort > 65_535 || firstPort > lastPort) {
            throw new IllegalArgumentException("not a port range: " + firstPort + "-" + lastPort);
        }
    }

    /// Which address of this machine a port for a client is on. It need not be the one that the
    /// client is told: a translator may stand between.
    @FunctionalInterface
    public interface Binding {
        /// @param local the address that the client reached the control connection at
        InetAddress addressFor(InetAddress local);
    }

    /// The rule for the address in 227.
    @FunctionalInterface
    public interface Advertised {
        /// Names the address for a client. May wait a moment for an answer of the name service, on
        /// the session's own thread.
        ///
        /// @return empty: the address that the ports are bound to, or else the one that the client
        ///   reached the control connection at
        Optional<Inet4Address> addressFor(InetAddress client);
    }

    /// Any free port, on the control connection's own address.
    public static PassiveSettings systemChosen() {
        return range(0, 0);
    }

    /// Ports of a range, on the control connection's own address.
    public static PassiveSettings range(int firstPort, int lastPort) {
        return new PassiveSettings(
                firstPort,
                lastPort,
                Set.of(),
                local -> local,
                client -> Optional.empty(),
                PeerCheck.SAME_ADDRESS);
    }

    public PassiveSettings with(PeerCheck other) {
        return new PassiveSettings(firstPort, lastPort, excluded, binding, advertised, other);
    }

    public PassiveSettings excluding(Set<Integer> ports) {
        return new PassiveSettings(firstPort, lastPort, ports, binding, advertised, peerCheck);
    }

    /// Whether the ports are those that the system gives to whoever asks for any.
    boolean systemChooses() {
        return firstPort == 0;
    }

    /// The ports that may be offered.
    int[] ports() {
        return IntStream.rangeClosed(firstPort, lastPort)
                .filter(port -> !excluded.contains(port))
                .toArray();
    }
}
