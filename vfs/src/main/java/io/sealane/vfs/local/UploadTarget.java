package io.sealane.vfs.local;

import io.sealane.vfs.VirtualPath;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/// Where an upload will become visible, and where it is kept if it breaks.
///
/// @param directory held open until the upload ends, so that a renamed directory takes its uploads
///   along
/// @param published what is visible there as the upload begins
record UploadTarget(
        VirtualPath path,
        OpenDirectory directory,
        Replacements.Key key,
        Optional<PosixFileAttributes> published) {
    String name() {
        return path.name();
    }

    String partialName() {
        return key.partialName();
    }
}
