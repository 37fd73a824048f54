package io.sealane.core.session;

import io.sealane.core.wire.OctetRange;
import io.sealane.vfs.VirtualPath;
import java.util.Optional;

/// What a command set up for those that follow.
///
/// @param range what REST or RANG selected of the next file; the later one wins
/// @param announced octets that ALLO has announced of the next upload; 0 if it has not
/// @param renameFrom path set by RNFR, for the very next command
/// @param copyFrom path set by SITE CPFR, for the very next command
/// @param lastUpload path of the last upload, for SIZE
record Pending(
        OctetRange range,
        long announced,
        Optional<VirtualPath> renameFrom,
        Optional<VirtualPath> copyFrom,
        Optional<VirtualPath> lastUpload) {
    static final Pending NOTHING =
            new Pending(OctetRange.WHOLE, 0, Optional.empty(), Optional.empty(), Optional.empty());

    Pending withRange(OctetRange selected) {
        return new Pending(selected, announced, renameFrom, copyFrom, lastUpload);
    }

    Pending withAnnounced(long octets) {
        return new Pending(range, octets, renameFrom, copyFrom, lastUpload);
    }

    Pending withRenameFrom(Optional<VirtualPath> path) {
        return new Pending(range, announced, path, copyFrom, lastUpload);
    }

    Pending withCopyFrom(Optional<VirtualPath> path) {
        return new Pending(range, announced, renameFrom, path, lastUpload);
    }

    Pending withLastUpload(VirtualPath path) {
        return new Pending(range, announced, renameFrom, copyFrom, Optional.of(path));
    }
}
