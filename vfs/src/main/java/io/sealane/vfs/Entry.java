package io.sealane.vfs;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What a store knows about one name.
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
/// @param kind of what a link leads to, and all but `target` is about that too, where a store
///   follows it; else [Kind#LINK]
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
        /// A symbolic link that is not followed.
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

    /// Whether the name is a link's, followed or not.
    public boolean isLink() {
        return kind == Kind.LINK || target.isPresent();
    }

    /// This, as the end of `link`.
    public Entry reachedBy(Entry link) {
        return new Entry(
                link.name,
                kind,
                size,
                modified,
                mode,
                owner,
                group,
                links,
                fileKey,
                new Access(access.read(), access.write(), access.enter(), link.access.remove()),
                link.target);
    }

    /// As those see it who are not to be told of links: a link that cannot be followed is a file
    /// that cannot be read, and a directory that a link leads to can be read alone.
    public Entry asTarget() {
        if (!isLink()) {
            return this;
        }
        return new Entry(
                name,
                kind == Kind.LINK ? Kind.FILE : kind,
                kind == Kind.LINK ? 0 : size,
                modified,
                mode,
                owner,
                group,
                links,
                fileKey,
                kind == Kind.DIRECTORY ? access.forReading() : access,
                Optional.empty());
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
