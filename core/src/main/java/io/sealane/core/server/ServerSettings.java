package io.sealane.core.server;

import io.sealane.accounts.Authenticator;
import io.sealane.core.command.ListingSettings;
import io.sealane.core.command.VirtualHosts;
import io.sealane.core.data.ActiveSettings;
import io.sealane.core.data.PassiveSettings;
import io.sealane.core.data.ServerToServer;
import io.sealane.core.event.EventSink;
import io.sealane.core.limit.Limits;
import io.sealane.core.limit.Ticker;
import io.sealane.core.transfer.TransferSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a server is made of.
///
/// @param product what the greeting says
/// @param clock for dates
/// @param ticker for time limits
/// @param random unpredictable: it picks passive ports and makes the names of STOU
public record ServerSettings(
        String product,
        List<ListenerSettings> listeners,
        PassiveSettings passive,
        ActiveSettings active,
        ServerToServer serverToServer,
        VirtualHosts hosts,
        ListingSettings listing,
        TransferSettings transfers,
        ClientCharsets charsets,
        Limits limits,
        Authenticator authenticator,
        EventSink events,
        InstantSource clock,
        Ticker ticker,
        RandomGenerator random) {
    public ServerSettings {
        listeners = List.copyOf(listeners);
    }
}
