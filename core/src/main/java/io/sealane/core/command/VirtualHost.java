package io.sealane.core.command;

import io.sealane.accounts.Realm;
import io.sealane.core.tls.PolicyResolution.Layer;
import java.util.List;

/// One of the hosts that a server is: who may log in there, what is demanded of TLS beyond what the
/// listener does, and where its users find their files. Immutable.
///
/// @param name for people, and unlike those of others; `-` is the main one
/// @param demands of whoever talks to this host; nothing, or one layer
public record VirtualHost(
        String name,
        Availability availability,
        Realm realm,
        List<Layer> demands,
        Services.StorageProvider storage) {
    /// Name of the one that clients are at who choose none.
    public static final String MAIN = "-";

    /// Whether anybody may log in.
    public enum Availability {
        SERVED,
        CLOSED
    }

    public VirtualHost {
        demands = List.copyOf(demands);
    }

    /// A host that is all of a server.
    public static VirtualHost of(Services.StorageProvider storage) {
        return new VirtualHost(
                MAIN, Availability.SERVED, Realm.Unnamed.EVERYBODY, List.of(), storage);
    }
}
