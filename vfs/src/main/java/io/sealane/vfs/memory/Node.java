package io.sealane.vfs.memory;

import io.sealane.vfs.Access;
import io.sealane.vfs.Entry;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// A file or a directory of a [MemoryStorage], whose lock guards it. Everything belongs to the one
/// owner, so of a mode the owner's bits count.
abstract sealed class Node {
    private static final String OWNER = "ftp";
    private static final int OWNER_READ = 0400;
    private static final int OWNER_WRITE = 0200;
    private static final int OWNER_ENTER = 0100;

    private final long number;
    private Instant modified;
    private int mode;

    private Node(long number, Instant modified, int mode) {
        this.number = number;
        this.modified = modified;
        this.mode = mode;
    }

    /// Greater than that of whatever was made before.
    long number() {
        return number;
    }

    Instant modified() {
        return modified;
    }

    void setModified(Instant newModified) {
        modified = newModified;
    }

    int mode() {
        return mode;
    }

    void setMode(int newMode) {
        mode = newMode & 0777;
    }

    boolean isReadable() {
        return (mode & OWNER_READ) != 0;
    }

    boolean isWritable() {
        return (mode & OWNER_WRITE) != 0;
    }

    boolean isEnterable() {
        return (mode & OWNER_ENTER) != 0;
    }

    /// @param parent the directory that `name` is in; the root is its own
    Entry toEntry(String name, DirectoryNode parent) {
        Entry.Kind kind =
                switch (this) {
                    case FileNode _ -> Entry.Kind.FILE;
                    case DirectoryNode _ -> Entry.Kind.DIRECTORY;
                };
        long size =
                switch (this) {
                    case FileNode file -> file.content.size();
                    case DirectoryNode _ -> 0;
                };
        return new Entry(
                name,
                kind,
                size,
                modified,
                OptionalInt.of(mode),
                OWNER,
                OWNER,
                1,
                Long.toHexString(number),
                new Access(
                        isReadable(),
                        isWritable(),
                        kind == Entry.Kind.DIRECTORY && isEnterable(),
                        parent != this && parent.takesChanges()),
                Optional.empty());
    }

    static final class FileNode extends Node {
        static final int MODE = 0644;

        private final Content content;

        FileNode(long number, Instant modified, int mode, Content content) {
            super(number, modified, mode);
            this.content = content;
        }

        Content content() {
            return content;
        }
    }

    static final class DirectoryNode extends Node {
        private static final int MODE = 0755;

        /// What users see.
        final Map<String, Node> children = new TreeMap<>();

        /// What came of broken uploads, by the name they were meant for.
        final Map<String, Partial> partials = new TreeMap<>();

        /// Uploads in progress; as long as there are any the directory is not empty.
        final Set<MemoryUpload> uploads = new HashSet<>();

        DirectoryNode(long number, Instant modified) {
            super(number, modified, MODE);
        }

        /// Whether names in it can be made and removed.
        boolean takesChanges() {
            return isWritable() && isEnterable();
        }
    }

    /// @param number greater than that of whatever was made before it was kept
    record Partial(Content content, Instant since, long number) {}
}
