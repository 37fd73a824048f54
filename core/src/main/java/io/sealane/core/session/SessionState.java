package io.sealane.core.session;

import io.sealane.accounts.Account;
import io.sealane.core.data.DataOffer;
import io.sealane.core.transfer.Representation;
import io.sealane.core.wire.Fact;
import io.sealane.vfs.Storage;
import io.sealane.vfs.VirtualPath;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Where a session stands. Immutable; a command leads from one to the next. Before and after the
/// login are different types, so that nothing can reach a file without an account.
public sealed interface SessionState {
    Link link();

    SessionState withLink(Link link);

    /// What a state says of the port or address offered for the next data connection.
    default Optional<DataOffer> offer() {
        return Optional.empty();
    }

    /// Nobody is logged in.
    ///
    /// @param claimedName what USER said, until PASS is answered
    /// @param failures refused logins on this connection
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

        public Visitor refused() {
            return new Visitor(link, Optional.empty(), failures + 1);
        }
    }

    /// A user is logged in.
    ///
    /// @param storage the files this user sees
    /// @param settings transfer parameters and what the next command depends on
    /// @param offer how the next data connection comes about
    record Member(
            Link link,
            Account account,
            Storage storage,
            VirtualPath cwd,
            Settings settings,
            Optional<DataOffer> offer)
            implements SessionState {
        public static Member loggedIn(Link link, Account account, Storage storage) {
            return new Member(
                    link, account, storage, VirtualPath.ROOT, Settings.initial(), Optional.empty());
        }

        @Override
        public Member withLink(Link changed) {
            return new Member(changed, account, storage, cwd, settings, offer);
        }

        public Member in(VirtualPath directory) {
            return new Member(link, account, storage, directory, settings, offer);
        }

        public Member with(Settings changed) {
            return new Member(link, account, storage, cwd, changed, offer);
        }

        public Member offering(DataOffer next) {
            return new Member(link, account, storage, cwd, settings, Optional.of(next));
        }

        /// After a transfer command took the offer, or nothing is offered any more.
        public Member withoutOffer() {
            return new Member(link, account, storage, cwd, settings, Optional.empty());
        }
    }

    /// Parameters of a login.
    ///
    /// @param restart offset set by REST, 0 if none
    /// @param renameFrom path set by RNFR, for the very next command
    /// @param facts facts that MLST and MLSD show
    /// @param dataCommands which commands may set up data connections
    /// @param idle longest silence, where SITE IDLE made it shorter than the server's
    /// @param umask permission bits that new files and directories do not get, where SITE UMASK set
    ///   it
    record Settings(
            Representation representation,
            long restart,
            Optional<VirtualPath> renameFrom,
            Set<Fact> facts,
            DataCommands dataCommands,
            Optional<Duration> idle,
            OptionalInt umask) {
        public enum DataCommands {
            ALL,
            /// After EPSV ALL (RFC 2428 section 4).
            EPSV_ONLY
        }

        /// ASCII is the default type of RFC 959 section 3.1.1.1.
        static Settings initial() {
            return new Settings(
                    Representation.ASCII,
                    0,
                    Optional.empty(),
                    Fact.DEFAULT,
                    DataCommands.ALL,
                    Optional.empty(),
                    OptionalInt.empty());
        }

        public Settings withRepresentation(Representation changed) {
            return new Settings(changed, restart, renameFrom, facts, dataCommands, idle, umask);
        }

        public Settings withRestart(long offset) {
            return new Settings(
                    representation, offset, renameFrom, facts, dataCommands, idle, umask);
        }

        public Settings withRenameFrom(VirtualPath path) {
            return new Settings(
                    representation, restart, Optional.of(path), facts, dataCommands, idle, umask);
        }

        public Settings withoutRenameFrom() {
            return new Settings(
                    representation, restart, Optional.empty(), facts, dataCommands, idle, umask);
        }

        public Settings withFacts(Set<Fact> selected) {
            return new Settings(
                    representation, restart, renameFrom, selected, dataCommands, idle, umask);
        }

        public Settings withEpsvOnly() {
            return new Settings(
                    representation,
                    restart,
                    renameFrom,
                    facts,
                    DataCommands.EPSV_ONLY,
                    idle,
                    umask);
        }

        public Settings withIdle(Duration limit) {
            return new Settings(
                    representation,
                    restart,
                    renameFrom,
                    facts,
                    dataCommands,
                    Optional.of(limit),
                    umask);
        }

        public Settings withUmask(int bits) {
            return new Settings(
                    representation,
                    restart,
                    renameFrom,
                    facts,
                    dataCommands,
                    idle,
                    OptionalInt.of(bits));
        }
    }
}
