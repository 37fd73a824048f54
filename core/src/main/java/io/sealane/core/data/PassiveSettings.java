package io.sealane.core.data;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/// Where passive data connections come in.
///
/// @param firstPort lowest port offered, 1 to 65535; 0 with `lastPort` 0 lets the system choose
/// @param lastPort highest port offered
/// @param advertised which address 227 names to a client
public record PassiveSettings(int firstPort, int lastPort, Advertised advertised) {
    public PassiveSettings {
        if (firstPort < 0 || lastPort > 65_535 || firstPort > lastPort) {
            throw new IllegalArgumentException("not a port range: " + firstPort + "-" + lastPort);
        }
    }

    /// The rule for the address in 227.
    @FunctionalInterface
    public interface Advertised {
        /// Names the address for a client; may look a name up, so it may block.
        ///
        /// @return empty: the address the client reached the control connection at
        Optional<Inet4Address> addressFor(InetAddress client);
    }

    /// Any free port, and the control connection's own address.
    public static PassiveSettings systemChosen() {
        return new PassiveSettings(0, 0, client -> Optional.empty());
    }

    boolean systemChooses() {
        return firstPort == 0;
    }

    int count() {
        return lastPort - firstPort + 1;
    }
}
