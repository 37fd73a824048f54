package io.sealane.vfs.local;

import io.sealane.vfs.VirtualPath;

/// Where an upload will become visible, and where it is kept if it breaks.
///
/// @param directory held open until the upload ends, so that a renamed directory takes its uploads
///   along
record UploadTarget(VirtualPath path, OpenDirectory directory, Replacements.Key key) {
    String name() {
        return path.name();
    }

    String partialName() {
        return key.partialName();
    }
}
