package io.sealane.core.session;

import io.sealane.accounts.Account;
import io.sealane.core.checksum.HashAlgorithm;
import io.sealane.core.data.DataOffer;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.core.transfer.Representation;
import io.sealane.core.transfer.Transmission;
import io.sealane.core.wire.Fact;
import io.sealane.core.wire.OctetRange;
import io.sealane.vfs.Storage;
import io.sealane.vfs.VirtualPath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

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

    /// Refused logins on this connection since the last one that was not.
    default int failures() {
        return 0;
    }

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
    /// @param demands what the host and the account demand of TLS, if anything
    /// @param storage the files this user sees
    /// @param settings transfer parameters and what the next command depends on
    /// @param offer how the next data connection comes about
    record Member(
            Link link,
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
                Link link, Account account, List<Layer> demands, Storage storage) {
            return new Member(
                    link,
                    account,
                    demands,
                    storage,
                    VirtualPath.ROOT,
                    Settings.initial(),
                    Optional.empty());
        }

        @Override
        public Member withLink(Link changed) {
            return new Member(changed, account, demands, storage, cwd, settings, offer);
        }

        public Member in(VirtualPath directory) {
            return new Member(link, account, demands, storage, directory, settings, offer);
        }

        public Member with(Settings changed) {
            return changed.equals(settings)
                    ? this
                    : new Member(link, account, demands, storage, cwd, changed, offer);
        }

        public Member offering(DataOffer next) {
            return new Member(link, account, demands, storage, cwd, settings, Optional.of(next));
        }

        /// After a transfer command took the offer, or nothing is offered any more.
        public Member withoutOffer() {
            return new Member(link, account, demands, storage, cwd, settings, Optional.empty());
        }
    }

    /// Parameters of a login.
    ///
    /// @param transmission what MODE and its OPTS said
    /// @param pending what commands set up for those that follow
    /// @param facts facts that MLST and MLSD show
    /// @param dataCommands which commands may set up data connections
    /// @param idle longest silence, where SITE IDLE made it shorter than the server's
    /// @param umask permission bits that new files and directories do not get, where SITE UMASK set
    ///   it
    /// @param hashAlgorithm what HASH uses
    record Settings(
            Representation representation,
            Transmission transmission,
            Pending pending,
            Set<Fact> facts,
            DataCommands dataCommands,
            Optional<Duration> idle,
            OptionalInt umask,
            HashAlgorithm hashAlgorithm) {
        public enum DataCommands {
            ALL,
            /// After EPSV ALL (RFC 2428 section 4).
            EPSV_ONLY
        }

        /// ASCII is the default type of RFC 959 section 3.1.1.1.
        static Settings initial() {
            return new Settings(
                    Representation.ASCII,
                    Transmission.DEFAULTS,
                    Pending.NOTHING,
                    Fact.DEFAULT,
                    DataCommands.ALL,
                    Optional.empty(),
                    OptionalInt.empty(),
                    HashAlgorithm.DEFAULT);
        }

        public Settings withRepresentation(Representation changed) {
            return new Settings(
                    changed,
                    transmission,
                    pending,
                    facts,
                    dataCommands,
                    idle,
                    umask,
                    hashAlgorithm);
        }

        public Settings withTransmission(Transmission changed) {
            return new Settings(
                    representation,
                    changed,
                    pending,
                    facts,
                    dataCommands,
                    idle,
                    umask,
                    hashAlgorithm);
        }

        /// What REST or RANG selected; the whole file if nothing.
        public OctetRange range() {
            return pending.range();
        }

        public Settings withRange(OctetRange selected) {
            return with(pending.withRange(selected));
        }

        /// Octets that ALLO has announced of the next upload; 0 if it has not.
        public long announced() {
            return pending.announced();
        }

        public Settings withAnnounced(long octets) {
            return with(pending.withAnnounced(octets));
        }

        /// After the transfer that REST, RANG and ALLO were for.
        public Settings withoutRange() {
            return with(pending.withRange(OctetRange.WHOLE).withAnnounced(0));
        }

        public Optional<VirtualPath> renameFrom() {
            return pending.renameFrom();
        }

        public Settings withRenameFrom(VirtualPath path) {
            return with(pending.withRenameFrom(Optional.of(path)));
        }

        public Settings withoutRenameFrom() {
            return with(pending.withRenameFrom(Optional.empty()));
        }

        public Optional<VirtualPath> copyFrom() {
            return pending.copyFrom();
        }

        public Settings withCopyFrom(VirtualPath path) {
            return with(pending.withCopyFrom(Optional.of(path)));
        }

        public Settings withoutCopyFrom() {
            return with(pending.withCopyFrom(Optional.empty()));
        }

        /// Where the session's last upload went, or was to go.
        public Optional<VirtualPath> lastUpload() {
            return pending.lastUpload();
        }

        public Settings withLastUpload(VirtualPath path) {
            return with(pending.withLastUpload(path));
        }

        private Settings with(Pending changed) {
            if (changed.equals(pending)) {
                return this; // As with nearly every command.
            }
            return new Settings(
                    representation,
                    transmission,
                    changed,
                    facts,
                    dataCommands,
                    idle,
                    umask,
                    hashAlgorithm);
        }

        public Settings withFacts(Set<Fact> selected) {
            return new Settings(
                    representation,
                    transmission,
                    pending,
                    selected,
                    dataCommands,
                    idle,
                    umask,
                    hashAlgorithm);
        }

        public Settings withEpsvOnly() {
            return new Settings(
                    representation,
                    transmission,
                    pending,
                    facts,
                    DataCommands.EPSV_ONLY,
                    idle,
                    umask,
                    hashAlgorithm);
        }

        public Settings withIdle(Duration limit) {
            return new Settings(
                    representation,
                    transmission,
                    pending,
                    facts,
                    dataCommands,
                    Optional.of(limit),
                    umask,
                    hashAlgorithm);
        }

        public Settings withUmask(int bits) {
            return new Settings(
                    representation,
                    transmission,
                    pending,
                    facts,
                    dataCommands,
                    idle,
                    OptionalInt.of(bits),
                    hashAlgorithm);
        }

        public Settings withHashAlgorithm(HashAlgorithm selected) {
            return new Settings(
                    representation,
                    transmission,
                    pending,
                    facts,
                    dataCommands,
                    idle,
                    umask,
                    selected);
        }
    }
}
