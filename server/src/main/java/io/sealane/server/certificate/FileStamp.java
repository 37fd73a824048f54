package io.sealane.server.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// What tells that a file is another one than before, or that it may be read now and could not be:
/// its real path, what the system tells files apart by, its size, and when its content and its
/// rights were changed.
///
/// @param text to be compared, and nothing else; empty of a file that cannot be had
record FileStamp(Optional<String> text) {
    /// When a file's rights were changed, where there are such: chmod and chown leave the time of
    /// its content alone.
    private static final String CHANGED = "unix:ctime";

    static FileStamp of(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes found = Files.readAttributes(real, BasicFileAttributes.class);
            boolean hasRights = real.getFileSystem().supportedFileAttributeViews().contains("unix");
            return new FileStamp(
                    Optional.of(
                            String.join(
                                    " ",
                                    real.toString(),
                                    String.valueOf(found.fileKey()),
                                    String.valueOf(found.size()),
                                    String.valueOf(found.lastModifiedTime()),
                                    hasRights
                                            ? String.valueOf(Files.getAttribute(real, CHANGED))
                                            : "-")));
        } catch (IOException absent) {
            return new FileStamp(Optional.empty()); // Reading it will say why.
        }
    }
}
