package io.sealane.config;

import java.util.List;
import java.util.regex.Pattern;

/// Transfers between this server and another one, which a client sets up with both.
///
/// @param users names of those who may, at most [#USERS_MAX]
/// @param peers where the other servers may be, at most [#PEERS_MAX]
public record ServerToServerConfig(List<String> users, List<CidrBlock> peers) {
    /// Few need it: the permission is for accounts of programs.
    public static final int USERS_MAX = 1024;

    /// Looked through for each data connection: some dozens are plenty.
    public static final int PEERS_MAX = 256;

    /// A user's name, as accounts have it.
    static final Pattern USER = Pattern.compile("[\\p{L}\\p{Nd}_][\\p{L}\\p{Nd}._@+-]{0,63}");

    public static final ServerToServerConfig DEFAULTS =
            new ServerToServerConfig(List.of(), List.of());

    public ServerToServerConfig {
        users = List.copyOf(users);
        peers = List.copyOf(peers);
        new Bounds<>(0, USERS_MAX).require("number of users", users.size());
        new Bounds<>(0, PEERS_MAX).require("number of peers", peers.size());
    }
}
