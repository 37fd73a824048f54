package io.sealane.server;

import io.sealane.accounts.Account;
import io.sealane.accounts.AccountException;
import io.sealane.accounts.StoredAccount;
import io.sealane.accounts.UserName;
import io.sealane.config.ListenerConfig;
import io.sealane.config.SealaneConfig;
import io.sealane.core.command.VirtualHost;
import io.sealane.core.command.VirtualHosts;
import io.sealane.core.tls.PolicyOptions;
import io.sealane.core.tls.PolicyResolution;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.core.tls.PolicyResolution.Overridable;
import io.sealane.core.tls.PolicyResolution.Ruling;
import io.sealane.core.tls.TlsDemands;
import io.sealane.core.wire.HostArgument;
import io.sealane.store.sql.SqliteAccountStore;
import io.sealane.vfs.VirtualPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What TLS policy holds for a listener, a host, an account and a path, and why, in lines for a
/// person.
///
/// @param lines a heading for each listener, and a line for each rule
public record PolicyExplanation(List<String> lines) {
    public PolicyExplanation {
        lines = List.copyOf(lines);
    }

    /// Resolves policy as a running server does.
    ///
    /// @param listener name of one; `null`: each of them
    /// @param host name of one; `null`: the main one, of clients that name none
    /// @param user name of an account, without the realm of `host`; `null`: before a login
    /// @param path absolute, as the user's client calls it; `null`: no path
    /// @throws StartFailure if one of these is not there, or the accounts cannot be read
    public static PolicyExplanation of(
            SealaneConfig config,
            @Nullable String listener,
            @Nullable String host,
            @Nullable String user,
            @Nullable String path)
            throws StartFailure {
        List<ListenerConfig> listeners =
                config.listeners().stream()
                        .filter(one -> listener == null || one.name().equals(listener))
                        .toList();
        if (listeners.isEmpty()) {
            throw new StartFailure("no listener " + listener);
        }
        List<Layer> special = special(config, host(config, host), user, path);
        List<String> lines = new ArrayList<>();
        for (ListenerConfig one : listeners) {
            explain(one, special, lines);
        }
        return new PolicyExplanation(lines);
    }

    private static void explain(ListenerConfig listener, List<Layer> special, List<String> lines) {
        PolicyOptions options = ListenerPolicies.options(listener);
        String name = "listener " + listener.name();
        PolicyResolution enforced =
                PolicyResolution.resolve(
                        ListenerPolicies.policy(listener), name, options.overridable(), special);
        lines.add(name + " (" + listener.mode().text() + ")");
        enforced.rulings().forEach(ruling -> lines.add("  " + ruling));
        if (options.observe().isNone()) {
            return;
        }
        PolicyResolution tried =
                PolicyResolution.resolve(
                        enforced.policy(),
                        "what is enforced",
                        Overridable.NO,
                        List.of(new Layer("observe of " + name, options.observe())));
        List<Ruling> stricter =
                tried.rulings().stream()
                        .filter(ruling -> !ruling.source().equals("what is enforced"))
                        .toList();
        lines.add("  tried without refusing anything:" + (stricter.isEmpty() ? " nothing" : ""));
        stricter.forEach(ruling -> lines.add("    " + ruling));
    }

    private static VirtualHost host(SealaneConfig config, @Nullable String name)
            throws StartFailure {
        VirtualHosts hosts = Hosts.of(config);
        return name == null
                ? hosts.main()
                : HostArgument.parse(name)
                        .flatMap(hosts::find)
                        .orElseThrow(() -> new StartFailure("no host " + name));
    }

    private static List<Layer> special(
            SealaneConfig config, VirtualHost host, @Nullable String user, @Nullable String path)
            throws StartFailure {
        if (user == null) {
            if (path != null) {
                throw new StartFailure("a path means nothing without a user");
            }
            return host.demands();
        }
        Account account =
                account(config, host.realm().account(user))
                        .orElseThrow(() ->
                                new StartFailure(
                                        "no account "
                                                + user
                                                + (config.hosts().isEmpty()
                                                        ? ""
                                                        : " at this host; --host names others")));
        List<Layer> layers = new ArrayList<>(host.demands());
        if (!account.tlsDemands().isEmpty()) {
            layers.add(new Layer("user " + account.name(), demandsOf(account)));
        }
        if (path != null) {
            VirtualPath at =
                    VirtualPath.parse(path).orElseThrow(() -> new StartFailure("no path: " + path));
            layers.addAll(host.storage().demands(account, at));
        }
        return layers;
    }

    private static TlsDemands demandsOf(Account account) throws StartFailure {
        try {
            return TlsDemands.parse(account.tlsDemands());
        } catch (IllegalArgumentException wrong) {
            throw new StartFailure("account " + account.name() + ": " + wrong.getMessage(), wrong);
        }
    }

    private static Optional<Account> account(SealaneConfig config, String user)
            throws StartFailure {
        try (SqliteAccountStore accounts =
                SqliteAccountStore.open(config.accounts().database().jdbcUrl())) {
            Optional<UserName> name = UserName.parse(user);
            Optional<StoredAccount> found =
                    name.isEmpty() ? Optional.empty() : accounts.find(name.get());
            return found.map(StoredAccount::account);
        } catch (AccountException failed) {
            throw new StartFailure(String.valueOf(failed.getMessage()), failed);
        }
    }
}
