package io.sealane.vfs;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What a store knows about one name. Symbolic links are never followed: they have the kind
/// [Kind#LINK].
///
/// @param name last name of the path; empty for the root
/// @param size bytes; 0 for directories
/// @param modified last change of the content
/// @param mode POSIX permission bits (lowest nine), where the store has them
/// @param owner printable owner, without spaces
/// @param group printable group, without spaces
/// @param links number of hard links, at least 1
/// @param fileKey equal for two names of the same file, unique within the store (MLST `unique`)
/// @param access what the store would allow
/// @param target where a link leads, as a path relative to the link's directory; empty where users
///   must not see it, and for what is no link
public record Entry(
        String name,
        Kind kind,
        long size,
        Instant modified,
        OptionalInt mode,
        String owner,
        String group,
        int links,
        String fileKey,
        Access access,
        Optional<String> target) {

    public enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        /// Devices, sockets, pipes: listed, never opened.
        OTHER
    }

    public boolean isFile() {
        return kind == Kind.FILE;
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    public boolean isLink() {
        return kind == Kind.LINK;
    }

    public Entry named(String newName) {
        return new Entry(
                newName, kind, size, modified, mode, owner, group, links, fileKey, access, target);
    }

    public Entry keyed(String newFileKey) {
        return new Entry(
                name, kind, size, modified, mode, owner, group, links, newFileKey, access, target);
    }

    public Entry allowing(Access newAccess) {
        return new Entry(
                name, kind, size, modified, mode, owner, group, links, fileKey, newAccess, target);
    }
}
