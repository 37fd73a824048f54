package io.sealane.core.data;

import io.sealane.accounts.UserName;
import java.net.InetAddress;
import java.util.Set;
import java.util.function.Predicate;

/// Who may have files moved between this server and another one, as RFC 959 section 5.2 (figure 2)
/// has it: the client names the other server in PORT or EPRT, or tells it the port of PASV or EPSV.
///
/// Security: it is also how a server is made to attack others (RFC 2577 section 3), so nobody may
/// unless the operator names the users and the networks.
public record ServerToServer(Set<UserName> users, Predicate<InetAddress> networks) {
    public static final ServerToServer NOBODY = new ServerToServer(Set.of(), address -> false);

    public ServerToServer {
        users = Set.copyOf(users);
    }

    /// Whether anybody may.
    public boolean isOpenToSomebody() {
        return !users.isEmpty();
    }

    public OtherServers of(UserName user) {
        return users.contains(user) ? new OtherServers.Within(networks) : new OtherServers.None();
    }
}
