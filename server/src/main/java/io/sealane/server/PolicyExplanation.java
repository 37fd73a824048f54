package io.sealane.server;

import io.sealane.accounts.Account;
import io.sealane.accounts.AccountException;
import io.sealane.accounts.StoredAccount;
import io.sealane.accounts.UserName;
import io.sealane.config.ClientCertificate;
import io.sealane.config.ListenerConfig;
import io.sealane.config.ListenerMode;
import io.sealane.config.ListenerTls;
import io.sealane.config.SealaneConfig;
import io.sealane.core.command.VirtualHost;
import io.sealane.core.command.VirtualHosts;
import io.sealane.core.tls.PolicyOptions;
import io.sealane.core.tls.PolicyResolution;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.core.tls.PolicyResolution.Ruling;
import io.sealane.core.tls.Requirement;
import io.sealane.core.tls.TlsDemands;
import io.sealane.core.tls.TlsPolicy;
import io.sealane.core.wire.HostArgument;
import io.sealane.store.sql.SqliteAccountStore;
import io.sealane.vfs.VirtualPath;
import java.util.ArrayList;
import java.util.Collections;
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
        VirtualHost at = host(config, host);
        Optional<Account> account =
                user == null ? Optional.empty() : Optional.of(account(config, at, user));
        List<Layer> special = special(at, account, path);
        List<String> lines = new ArrayList<>();
        for (ListenerConfig one : listeners) {
            explain(one, special, obstacles(one, at, account, user), lines);
        }
        return new PolicyExplanation(lines);
    }

    /// Why it will not come to a login, whatever TLS there is.
    private static List<String> obstacles(
            ListenerConfig listener,
            VirtualHost host,
            Optional<Account> account,
            @Nullable String user) {
        List<String> obstacles = new ArrayList<>();
        switch (host.availability()) {
            case SERVED -> {}
            case CLOSED -> obstacles.add("nobody can log in: the host is not enabled");
        }
        if (account.filter(one -> !one.enabled()).isPresent()) {
            obstacles.add(user + " cannot log in: the account is disabled");
        }
        if (account.map(one -> one.name().text())
                .filter(name -> !ListenerPolicies.admittance(listener).users().test(name))
                .isPresent()) {
            obstacles.add(user + " cannot log in here: the listener is for other users");
        }
        return obstacles;
    }

    /// What of `policy` no client can meet at the listener.
    private static List<String> unmet(ListenerConfig listener, TlsPolicy policy) {
        List<String> unmet = new ArrayList<>();
        switch (listener.tls()) {
            case ListenerTls.None() -> {
                if (List.of(policy.control(), policy.data(), policy.clientCertificate())
                        .contains(Requirement.REQUIRED)) {
                    unmet.add("what is required here: the listener has no TLS");
                }
            }
            case ListenerTls.Offered offered -> {
                if (policy.clientCertificate() == Requirement.REQUIRED
                        && offered.clientCertificate() == ClientCertificate.NONE) {
                    unmet.add("client-certificate here: the listener asks nobody for one");
                }
                if (Collections.max(ListenerPolicies.versions(offered))
                                .compareTo(policy.leastVersion())
                        < 0) {
                    unmet.add("least-version here: the listener has none so new");
                }
            }
        }
        return unmet;
    }

    private static void explain(
            ListenerConfig listener,
            List<Layer> special,
            List<String> obstacles,
            List<String> lines) {
        PolicyOptions options = ListenerPolicies.options(listener);
        String name = "listener " + listener.name();
        PolicyResolution enforced =
                PolicyResolution.resolve(
                        ListenerPolicies.policy(listener), name, options.overridable(), special);
        lines.add(name + " (" + listener.mode().text() + ")");
        obstacles.forEach(obstacle -> lines.add("  " + obstacle));
        enforced.rulings().forEach(ruling -> lines.add("  " + ruling));
        unmet(listener, enforced.policy()).forEach(why -> lines.add("  nobody can meet " + why));
        if (listener.mode() == ListenerMode.IMPLICIT
                && enforced.policy().control() == Requirement.OPTIONAL) {
            lines.add("  control optional is no use here: the listener begins with TLS");
        }
        if (options.observe().isNone()) {
            return;
        }
        PolicyResolution observed =
                PolicyResolution.observed(
                        ListenerPolicies.policy(listener), name, options, special);
        List<String> stricter = new ArrayList<>();
        for (int i = 0; i < enforced.rulings().size(); i++) {
            Ruling now = enforced.rulings().get(i);
            Ruling then = observed.rulings().get(i);
            if (!then.value().equals(now.value())) {
                String less = now.value() + " by what is enforced";
                stricter.add(
                        "    "
                                + new Ruling(
                                        then.rule(), then.value(), then.source(), List.of(less)));
            }
        }
        lines.add("  tried without refusing anything:" + (stricter.isEmpty() ? " nothing" : ""));
        lines.addAll(stricter);
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
            VirtualHost host, Optional<Account> account, @Nullable String path)
            throws StartFailure {
        List<Layer> layers = new ArrayList<>(host.demands());
        if (account.isEmpty()) {
            if (path != null) {
                throw new StartFailure("a path means nothing without a user");
            }
            return layers;
        }
        Account one = account.get();
        if (!one.tlsDemands().isEmpty()) {
            layers.add(new Layer("user " + one.name(), demandsOf(one)));
        }
        if (path != null) {
            VirtualPath at =
                    VirtualPath.parse(path).orElseThrow(() -> new StartFailure("no path: " + path));
            layers.addAll(host.storage().demands(one, at));
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

    private static Account account(SealaneConfig config, VirtualHost host, String user)
            throws StartFailure {
        try (SqliteAccountStore accounts =
                SqliteAccountStore.openExisting(config.accounts().database().jdbcUrl())) {
            Optional<UserName> name = UserName.parse(host.realm().account(user));
            Optional<StoredAccount> found =
                    name.isEmpty() ? Optional.empty() : accounts.find(name.get());
            return found.map(StoredAccount::account)
                    .orElseThrow(() ->
                            new StartFailure(
                                    "no account "
                                            + user
                                            + (config.hosts().isEmpty()
                                                    ? ""
                                                    : " at this host; --host names others")));
        } catch (AccountException failed) {
            throw new StartFailure(String.valueOf(failed.getMessage()), failed);
        }
    }
}
