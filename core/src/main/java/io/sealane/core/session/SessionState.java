package io.sealane.core.session;

import io.sealane.accounts.Account;
import io.sealane.core.data.DataOffer;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.vfs.Storage;
import io.sealane.vfs.VirtualPath;
import java.util.List;
import java.util.Optional;

/// Where a session stands. Immutable; a command leads from one to the next. Before and after the
/// login are different types, so that nothing can reach a file without an account.
public sealed interface SessionState {
    Link link();

    SessionState withLink(Link link);

    /// Who is logged in.
    default Optional<String> user() {
        return switch (this) {
            case Visitor visitor -> Optional.empty();
            case Member member -> Optional.of(member.account().name().text());
        };
    }

    /// Refused logins on this connection: who got in with one account may not go on to guess
    /// another's.
    int failures();

    /// What a state says of the port or address offered for the next data connection.
    default Optional<DataOffer> offer() {
        return Optional.empty();
    }

    /// Nobody is logged in.
    ///
    /// @param claimedName what USER said, until PASS is answered
    record Visitor(Link link, Optional<String> claimedName, int failures) implements SessionState {
        public static Visitor arriving(Link link) {
            return new Visitor(link, Optional.empty(), 0);
        }

        @Override
        public Visitor withLink(Link changed) {
            return new Visitor(changed, claimedName, failures);
        }

        public Visitor claiming(String name) {
            return new Visitor(link, Optional.of(name), failures);
        }

        public Visitor claimingNobody() {
            return new Visitor(link, Optional.empty(), failures);
        }

        public Visitor refused() {
            return new Visitor(link, Optional.empty(), failures + 1);
        }
    }

    /// A user is logged in.
    ///
    /// @param demands what the host and the account demand of TLS, if anything
    /// @param storage the files this user sees
    /// @param settings transfer parameters and what the next command depends on
    /// @param offer how the next data connection comes about
    record Member(
            Link link,
            int failures,
            Account account,
            List<Layer> demands,
            Storage storage,
            VirtualPath cwd,
            Settings settings,
            Optional<DataOffer> offer)
            implements SessionState {
        public Member {
            demands = List.copyOf(demands);
        }

        public static Member loggedIn(
                Visitor visitor, Account account, List<Layer> demands, Storage storage) {
            return new Member(
                    visitor.link(),
                    visitor.failures(),
                    account,
                    demands,
                    storage,
                    VirtualPath.ROOT,
                    Settings.initial(),
                    Optional.empty());
        }

        @Override
        public Member withLink(Link changed) {
            return new Member(changed, failures, account, demands, storage, cwd, settings, offer);
        }

        public Member in(VirtualPath directory) {
            return new Member(
                    link, failures, account, demands, storage, directory, settings, offer);
        }

        public Member with(Settings changed) {
            return changed.equals(settings)
                    ? this
                    : new Member(link, failures, account, demands, storage, cwd, changed, offer);
        }

        public Member offering(DataOffer next) {
            return new Member(
                    link, failures, account, demands, storage, cwd, settings, Optional.of(next));
        }

        /// After a transfer command took the offer, or nothing is offered any more.
        public Member withoutOffer() {
            return new Member(
                    link, failures, account, demands, storage, cwd, settings, Optional.empty());
        }
    }
}
