package io.sealane.core.session;

import io.sealane.core.wire.OctetRange;
import io.sealane.vfs.VirtualPath;
import java.util.Optional;

/// What a command set up for those that follow.
///
/// @param range what REST or RANG selected of the next file; the later one wins
/// @param renameFrom path set by RNFR, for the very next command
/// @param copyFrom path set by SITE CPFR, for the very next command
/// @param lastUpload path of the last upload, for SIZE
record Pending(
        OctetRange range,
        Optional<VirtualPath> renameFrom,
        Optional<VirtualPath> copyFrom,
        Optional<VirtualPath> lastUpload) {
    static final Pending NOTHING =
            new Pending(OctetRange.WHOLE, Optional.empty(), Optional.empty(), Optional.empty());

    Pending withRange(OctetRange selected) {
        return new Pending(selected, renameFrom, copyFrom, lastUpload);
    }

    Pending withRenameFrom(Optional<VirtualPath> path) {
        return new Pending(range, path, copyFrom, lastUpload);
    }

    Pending withCopyFrom(Optional<VirtualPath> path) {
        return new Pending(range, renameFrom, path, lastUpload);
    }

    Pending withLastUpload(VirtualPath path) {
        return new Pending(range, renameFrom, copyFrom, Optional.of(path));
    }
}
