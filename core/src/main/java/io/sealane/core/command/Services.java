package io.sealane.core.command;

import io.sealane.accounts.Account;
import io.sealane.accounts.Authenticator;
import io.sealane.core.checksum.Checksums;
import io.sealane.core.data.ActiveSettings;
import io.sealane.core.data.DataPorts;
import io.sealane.core.data.ServerToServer;
import io.sealane.core.limit.Sparingly;
import io.sealane.core.session.SessionRegister;
import io.sealane.core.session.SessionSetup;
import io.sealane.core.session.SessionState;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.core.transfer.TransferSettings;
import io.sealane.core.work.Places;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.VirtualPath;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/// What the commands of one session work with.
///
/// @param client the session's client, for data connections
/// @param setup what the session is made of: its policy, limits, events and permit
/// @param register the server's sessions, this one among them
/// @param copies for those of the whole server
/// @param walks through trees, for those of the whole server
/// @param denialsTold when to tell that the host denied something, in this session
/// @param activeMode whether PORT and EPRT are served
/// @param random unpredictable: it makes the names of STOU
public record Services(
        DataPorts.Client client,
        SessionSetup setup,
        Authenticator authenticator,
        DataPorts dataPorts,
        Checksums checksums,
        Places copies,
        Places walks,
        Sparingly denialsTold,
        ActiveSettings.Mode activeMode,
        ServerToServer serverToServer,
        VirtualHosts hosts,
        SessionRegister register,
        ListingSettings listing,
        TransferSettings transfers,
        InstantSource clock,
        RandomGenerator random) {
    /// The host that a session is at.
    VirtualHost host(SessionState state) {
        return hosts.at(state.link().host(), client.security().serverName());
    }

    /// Gives a user the files to see.
    @FunctionalInterface
    public interface StorageProvider {
        Storage open(Account account) throws StorageException;

        /// What is demanded of TLS at `path`, for the mount it leads into; mostly nothing.
        default List<Layer> demands(Account account, VirtualPath path) {
            return List.of();
        }
    }
}
