package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.accounts.Account;
import io.sealane.accounts.AuthResult;
import io.sealane.accounts.Secret;
import io.sealane.core.event.Event;
import io.sealane.core.session.Ending;
import io.sealane.core.session.Link;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.session.SessionState.Visitor;
import io.sealane.core.tls.ApplicationProtocols;
import io.sealane.core.tls.ClientIdentity.Claim;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsDemands;
import io.sealane.core.tls.TlsPolicy.Verdict;
import io.sealane.core.wire.AddressText;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.HostArgument;
import io.sealane.core.wire.Printable;
import io.sealane.core.wire.Reply;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// USER, PASS and REIN (RFC 959 section 4.1.1), HOST (RFC 7151).
final class AccessCommands {
    /// Refused logins on one connection before it is closed (RFC 2577 section 5).
    static final int LOGIN_FAILURES_MAX = 5;

    private static final String NOT_HERE = "not-on-this-listener";

    /// What lets a user in.
    private enum Proof {
        PASSWORD(Reply.LOGGED_IN),
        /// RFC 2228 section 4.
        CERTIFICATE(Reply.LOGGED_IN_BY_CERTIFICATE);

        private final Reply reply;

        Proof(Reply reply) {
            this.reply = reply;
        }
    }

    private final Services services;
    private final AccountWatch watch;
    private final TlsGate tls;

    AccessCommands(Services services, AccountWatch watch) {
        this.services = services;
        this.watch = watch;
        this.tls = new TlsGate(services);
    }

    Outcome user(CommandLine command, SessionState state) {
        return switch (state) {
            case Member member -> say(Reply.ALREADY_LOGGED_IN, member);
            case Visitor visitor ->
                    switch (services.host(visitor).availability()) {
                        case SERVED -> user(command.argument(), visitor);
                        case CLOSED -> {
                            refused(command.argument(), "host-disabled");
                            yield countRefusal(Reply.HOST_UNAVAILABLE, visitor.refused());
                        }
                    };
        };
    }

    private Outcome user(String login, Visitor visitor) {
        String account = services.host(visitor).realm().account(login);
        // Security: before the password travels. A name that is refused takes an earlier one along,
        // or that would get the password of this one.
        return ifAllowed(visitor.claimingNobody(), account, () -> claim(account, visitor));
    }

    Outcome pass(CommandLine command, SessionState state) {
        return switch (state) {
            case Member member ->
                    say(
                            claimOf(member.account().name().text()) == Claim.PROVEN
                                    ? Reply.PASSWORD_NOT_NEEDED
                                    : Reply.ALREADY_LOGGED_IN,
                            member);
            case Visitor visitor ->
                    ifAllowed(
                            visitor,
                            visitor.claimedName().orElse(""),
                            () ->
                                    visitor.claimedName()
                                            .map(name -> login(name, command.argument(), visitor))
                                            .orElseGet(() -> say(Reply.USER_FIRST, visitor)));
        };
    }

    /// HOST. Whatever comes of a host, one that was chosen before counts no more (RFC 7151 section
    /// 3.2); what names none changes nothing.
    Outcome host(CommandLine command, SessionState state) {
        if (!services.hosts().exist()) {
            return say(Reply.notImplemented(command.verb()), state);
        }
        return switch (state) {
            case Member member -> say(Reply.HOST_AFTER_USER, member);
            case Visitor visitor -> {
                if (visitor.claimedName().isPresent()) {
                    yield say(Reply.HOST_AFTER_USER, visitor);
                }
                Visitor without = visitor.withLink(visitor.link().withHost(Optional.empty()));
                yield HostArgument.parse(command.argument())
                        .map(host -> chosen(host, without))
                        .orElseGet(() -> say(Reply.HOST_SYNTAX, visitor));
            }
        };
    }

    private Outcome chosen(HostArgument host, Visitor visitor) {
        // Security: or the certificate that the client saw was another host's.
        if (services.client()
                .security()
                .serverName()
                .filter(name -> !host.isNamed(name))
                .isPresent()) {
            return say(Reply.HOST_OF_ANOTHER_TLS_SESSION, visitor);
        }
        Optional<VirtualHost> found = services.hosts().find(host);
        if (found.isEmpty()) {
            return say(Reply.HOST_UNKNOWN, visitor);
        }
        return switch (found.get().availability()) {
            case SERVED ->
                    say(
                            Reply.hostChosen(host, services.setup().product()),
                            visitor.withLink(visitor.link().withHost(Optional.of(host))));
            case CLOSED -> say(Reply.HOST_UNAVAILABLE, visitor);
        };
    }

    /// REIN: as if the client had just come, but for what the connection itself has earned: its TLS
    /// stays on, and its refused logins stay counted.
    Outcome rein(SessionState state) {
        Visitor arriving =
                new Visitor(initialLink(state.link()), Optional.empty(), state.failures());
        return say(Reply.greeting(services.setup().product()), arriving);
    }

    private Link initialLink(Link link) {
        Link initial =
                switch (link.protection().control()) {
                    case IN_THE_CLEAR -> Link.inTheClear(link.names());
                    case BY_TLS ->
                            switch (services.setup().opening()) {
                                case IN_THE_CLEAR ->
                                        Link.afterAuth(link.names()).speaking(spoken());
                                case BY_TLS -> Link.implicit(link.names()).speaking(spoken());
                            };
                };
        return initial.withProtection(initial.protection().keeping(link.protection()));
    }

    /// What follows if policy lets somebody who calls himself `name` try to log in.
    private Outcome ifAllowed(Visitor visitor, String name, Supplier<Outcome> next) {
        Optional<Verdict> verdict = verdict(visitor, name);
        if (verdict.isEmpty()) {
            return new Outcome.Left(
                    Reply.LOGIN_UNAVAILABLE, Ending.Known.ACCOUNTS_UNAVAILABLE, visitor);
        }
        return switch (verdict.get()) {
            case Verdict.Refused(Reply reply) -> say(reply, visitor);
            case Verdict.Allowed() -> next.get();
        };
    }

    /// What policy says to a name that is not proven yet. In the clear what the account itself
    /// demands counts already, as far as the authenticator tells strangers of that.
    ///
    /// @return empty if that cannot be told now
    private Optional<Verdict> verdict(Visitor visitor, String name) {
        String shown = Printable.escape(name);
        if (visitor.link().protection().controlByTls()) {
            return Optional.of(tls.decideLogin(visitor, shown, List.of()));
        }
        return services.authenticator()
                .tlsDemands(name)
                .map(demands ->
                        demands.own()
                                .map(own -> tls.decideLogin(visitor, shown, layers(shown, own)))
                                .orElseGet(() -> nobodys(visitor, shown, demands.others())));
    }

    /// Security: nobody's name is refused where the listener refuses, and where any of those is
    /// that demand something, so that they are not told from it. Whoever is let go on in the clear
    /// is known by the name that travelled there.
    private Verdict nobodys(Visitor visitor, String name, List<String> others) {
        if (tls.refusesLogin(visitor, List.of())) {
            return tls.decideLogin(visitor, name, List.of());
        }
        List<Layer> refusing =
                others.stream()
                        .map(demands -> layers(name, demands))
                        .filter(layers -> tls.refusesLogin(visitor, layers))
                        .findFirst()
                        .orElse(List.of());
        return tls.decideLogin(visitor, name, refusing);
    }

    /// @throws IllegalArgumentException if no `demands` are written so
    private static List<Layer> layers(String name, String demands) {
        return demands.isEmpty()
                ? List.of()
                : List.of(new Layer("user " + name, TlsDemands.parse(demands)));
    }

    /// What the client's certificate, if it showed one, says to the wish to be `name`.
    private Claim claimOf(String name) {
        return services.client()
                .security()
                .sessionTls()
                .flatMap(SessionTls::client)
                .map(client -> client.claim(name))
                .orElse(Claim.PASSWORD_DECIDES);
    }

    private Outcome claim(String name, Visitor visitor) {
        // Security: behind CCC anybody could have put the name there.
        boolean isTheClients = visitor.link().protection().controlByTls();
        return switch (isTheClients ? claimOf(name) : Claim.PASSWORD_DECIDES) {
            case PASSWORD_DECIDES ->
                    say(passwordPlease(name, isTheClients), visitor.claiming(name));
            case PROVEN -> loginByCertificate(name, visitor);
            case OF_ANOTHER -> {
                refused(name, "certificate-of-another");
                yield countRefusal(Reply.LOGIN_REFUSED, visitor.refused());
            }
        };
    }

    /// Clients that speak the registered protocol know nothing of the other question: their users
    /// write the one-time password behind the password.
    private Reply passwordPlease(String name, boolean byTls) {
        return byTls
                        && spoken().equals(ApplicationProtocols.FILEZILLA)
                        && services.authenticator()
                                .asksForOneTimePassword(name, services.client().address())
                ? Reply.ONE_TIME_PASSWORD_PLEASE
                : Reply.PASSWORD_PLEASE;
    }

    private ApplicationProtocols spoken() {
        return services.client().security().applicationProtocols();
    }

    private Outcome loginByCertificate(String name, Visitor visitor) {
        if (!services.setup().admittance().users().test(name)) {
            refused(name, NOT_HERE);
            return countRefusal(Reply.LOGIN_REFUSED, visitor.refused());
        }
        return switch (services.authenticator().authorize(name, services.client().address())) {
            case AuthResult.Accepted(Account account) -> admit(account, Proof.CERTIFICATE, visitor);
            case AuthResult.Refused(AuthResult.Reason reason) -> refuse(name, reason, visitor);
        };
    }

    private Outcome login(String name, String password, Visitor visitor) {
        if (!services.setup().admittance().users().test(name)) {
            return stayOut(name, visitor);
        }
        return switch (authenticate(name, password)) {
            case AuthResult.Accepted(Account account) -> admit(account, Proof.PASSWORD, visitor);
            case AuthResult.Refused(AuthResult.Reason reason) -> refuse(name, reason, visitor);
        };
    }

    /// Refuses a user whom this listener is not for.
    ///
    /// Security: as a wrong password, in words and in time, and without a look at the one that was
    /// given: the listener may be one whose TLS can be read. So the accounts are asked with a
    /// password that cannot be right.
    private Outcome stayOut(String name, Visitor visitor) {
        String wrong = Long.toHexString(services.random().nextLong());
        AuthResult.Reason reason =
                switch (authenticate(name, wrong)) {
                    case AuthResult.Accepted whoeverComes -> AuthResult.Reason.BAD_SECRET;
                    case AuthResult.Refused refused -> refused.reason();
                };
        return switch (reason.fault()) {
            case OF_CLIENT -> refuse(name, NOT_HERE, reason, visitor);
            case OF_SERVER -> refuse(name, reason, visitor);
        };
    }

    private AuthResult authenticate(String name, String password) {
        try (Secret secret = Secret.of(password)) {
            return services.authenticator().authenticate(name, secret, services.client().address());
        }
    }

    private Outcome admit(Account account, Proof proof, Visitor visitor) {
        List<Layer> demands = layers(account.name().text(), account.tlsDemands());
        return switch (tls.decideLogin(visitor, account.name().text(), demands)) {
            case Verdict.Refused(Reply reply) -> {
                refused(account.name().text(), "tls-policy");
                yield countRefusal(reply, visitor.refused());
            }
            case Verdict.Allowed() -> admit(account, demands, proof, visitor);
        };
    }

    private Outcome admit(Account account, List<Layer> demands, Proof proof, Visitor visitor) {
        if (!services.setup().permit().becomeUser(account.name().text())) {
            refused(account.name().text(), "too-many-sessions");
            int limit = services.setup().limits().sessionsPerUser();
            return new Outcome.Left(
                    Reply.tooManySessions("of this user", limit), Ending.Known.USER_LIMIT, visitor);
        }
        VirtualHost host = services.host(visitor);
        List<Layer> all = new ArrayList<>(host.demands());
        all.addAll(demands);
        try {
            Storage storage =
                    new AuditedStorage(
                            host.storage().open(account),
                            services.client().session(),
                            account.name().text(),
                            services.setup().events());
            Member member = Member.loggedIn(visitor, account, all, storage);
            watch.begin();
            services.setup()
                    .events()
                    .accept(
                            new Event.LoginAccepted(
                                    services.client().session(),
                                    account.name().text(),
                                    AddressText.of(services.client().address()),
                                    visitor.link().protection().controlByTls()
                                            ? Event.Protection.TLS
                                            : Event.Protection.CLEAR,
                                    proof.name().toLowerCase(Locale.ROOT)));
            return say(proof.reply, member);
        } catch (RuntimeException | Error defect) {
            services.setup().permit().leaveUser();
            throw defect;
        } catch (StorageException failed) {
            String cause = String.valueOf(failed.getMessage());
            services.setup()
                    .events()
                    .accept(new Event.StorageFailed(services.client().session(), "login", cause));
            return new Outcome.Left(
                    Reply.LOGIN_UNAVAILABLE, Ending.Known.STORAGE_UNAVAILABLE, visitor);
        }
    }

    private Outcome refuse(String name, AuthResult.Reason reason, Visitor visitor) {
        return refuse(
                name, reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), reason, visitor);
    }

    private Outcome refuse(String name, String code, AuthResult.Reason reason, Visitor visitor) {
        refused(name, code);
        Visitor refused = visitor.refused();
        return switch (reason.fault()) {
            case OF_SERVER ->
                    new Outcome.Left(
                            Reply.LOGIN_UNAVAILABLE, Ending.Known.ACCOUNTS_UNAVAILABLE, refused);
            case OF_CLIENT -> countRefusal(Reply.LOGIN_REFUSED, refused);
        };
    }

    /// Says so, unless it was said often enough.
    private static Outcome countRefusal(Reply reply, Visitor refused) {
        return refused.failures() < LOGIN_FAILURES_MAX
                ? say(reply, refused)
                : new Outcome.Left(Reply.TOO_MANY_LOGINS, Ending.Known.LOGIN_FAILURES, refused);
    }

    private void refused(String name, String reason) {
        services.setup()
                .events()
                .accept(
                        new Event.LoginRefused(
                                services.client().session(),
                                Printable.escape(name),
                                AddressText.of(services.client().address()),
                                reason));
    }
}
