package io.sealane.core.transfer;

import io.sealane.core.tls.Protection;
import io.sealane.core.tls.ProtectionLevel;
import io.sealane.core.tls.TlsPolicy;
import io.sealane.core.tls.TlsPolicy.Verdict;
import io.sealane.core.wire.Reply;

/// MODE Z of draft-preston-ftpext-deflate: where it is served, and how. [#decide] is the one place
/// that says whether a session may use it.
///
/// @param level of zlib, 1 (fast) to 9 (small), for sessions that do not choose one
/// @param expansionMax how many times longer than what travelled an upload may become
public record Compression(Availability modeZ, int level, int expansionMax) {
    /// Where MODE Z is served.
    public enum Availability {
        OFF,
        /// Security: what is compressed and then encrypted tells of its content by its length, if
        /// somebody can choose a part of it (RFC 7525 section 3.3; CRIME was built on that).
        CLEAR_ONLY,
        ON
    }

    /// Up to so many octets an upload may expand as it likes: they are no burden, and the first
    /// blocks of a stream say little about the rest.
    public static final long EXPANSION_FREE_OCTETS = 16L << 20;

    public static final int LEVEL_DEFAULT = 6;

    /// Logs and tables shrink to a fifth or a twentieth, one line repeated to a four hundredth;
    /// zlib can do 1032, with one or two octets repeated. Whoever does not trust those who upload
    /// sets 100.
    public static final int EXPANSION_MAX_DEFAULT = 1000;

    public static final Compression DEFAULTS =
            new Compression(Availability.CLEAR_ONLY, LEVEL_DEFAULT, EXPANSION_MAX_DEFAULT);

    /// Says whether a session that is protected as `now` may compress its data.
    public Verdict decide(TlsPolicy policy, Protection now) {
        return switch (modeZ) {
            case OFF -> new Verdict.Refused(Reply.MODE_UNSUPPORTED);
            case CLEAR_ONLY ->
                    isInTheClear(policy, now)
                            ? new Verdict.Allowed()
                            : new Verdict.Refused(Reply.MODE_Z_IN_THE_CLEAR_ONLY);
            case ON -> new Verdict.Allowed();
        };
    }

    private static boolean isInTheClear(TlsPolicy policy, Protection now) {
        return switch (policy.decide(new TlsPolicy.Request.Transfer(), now)) {
            case Verdict.Allowed() -> now.data() == ProtectionLevel.CLEAR;
            case Verdict.Refused(Reply untilProtected) -> false;
        };
    }
}
