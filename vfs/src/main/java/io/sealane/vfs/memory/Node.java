package io.sealane.vfs.memory;

import io.sealane.vfs.Entry;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/// A file or a directory of a [MemoryStorage], whose lock guards it.
abstract sealed class Node {
    private static final String OWNER = "ftp";

    private final long number;
    private Instant modified;
    private int mode;

    private Node(long number, Instant modified, int mode) {
        this.number = number;
        this.modified = modified;
        this.mode = mode;
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

    Entry toEntry(String name) {
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
                Long.toHexString(number));
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
        int uploads;

        DirectoryNode(long number, Instant modified) {
            super(number, modified, MODE);
        }
    }

    record Partial(Content content, Instant since) {}
}
