package io.sealane.core.session;

import io.sealane.core.checksum.HashAlgorithm;
import io.sealane.core.transfer.Representation;
import io.sealane.core.transfer.Transmission;
import io.sealane.core.wire.Fact;
import io.sealane.core.wire.OctetRange;
import io.sealane.vfs.VirtualPath;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Parameters of a login. Immutable.
///
/// @param representation what TYPE said
/// @param transmission what MODE and its OPTS said
/// @param pending what commands set up for those that follow
/// @param preferences what commands chose for the rest of the login
public record Settings(
        Representation representation,
        Transmission transmission,
        Pending pending,
        Preferences preferences) {
    public enum DataCommands {
        ALL,
        /// After EPSV ALL (RFC 2428 section 4).
        EPSV_ONLY
    }

    /// ASCII is the default type of RFC 959 section 3.1.1.1.
    static Settings initial() {
        return new Settings(
                Representation.ASCII, Transmission.DEFAULTS, Pending.NOTHING, Preferences.INITIAL);
    }

    public Settings withRepresentation(Representation changed) {
        return new Settings(changed, transmission, pending, preferences);
    }

    public Settings withTransmission(Transmission changed) {
        return new Settings(representation, changed, pending, preferences);
    }

    private Settings with(Pending changed) {
        return changed.equals(pending) // As with nearly every command.
                ? this
                : new Settings(representation, transmission, changed, preferences);
    }

    private Settings with(Preferences changed) {
        return new Settings(representation, transmission, pending, changed);
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

    /// Facts that MLST and MLSD show.
    public Set<Fact> facts() {
        return preferences.facts();
    }

    public Settings withFacts(Set<Fact> selected) {
        return with(preferences.withFacts(selected));
    }

    /// Which commands may set up data connections.
    public DataCommands dataCommands() {
        return preferences.dataCommands();
    }

    public Settings withEpsvOnly() {
        return with(preferences.withEpsvOnly());
    }

    /// Longest silence, where SITE IDLE made it shorter than the server's.
    public Optional<Duration> idle() {
        return preferences.idle();
    }

    public Settings withIdle(Duration limit) {
        return with(preferences.withIdle(limit));
    }

    /// Permission bits that new files and directories do not get, where SITE UMASK set it.
    public OptionalInt umask() {
        return preferences.umask();
    }

    public Settings withUmask(int bits) {
        return with(preferences.withUmask(bits));
    }

    /// What HASH uses.
    public HashAlgorithm hashAlgorithm() {
        return preferences.hashAlgorithm();
    }

    public Settings withHashAlgorithm(HashAlgorithm selected) {
        return with(preferences.withHashAlgorithm(selected));
    }
}
