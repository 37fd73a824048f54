package io.sealane.vfs.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sealane.vfs.Entry;
import io.sealane.vfs.local.ProcessUser.Removal;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads Linux's `struct statx`, whose layout is the same on every architecture.
final class Statx {
    /// Reads the text of the link that was looked at.
    @FunctionalInterface
    interface LinkText {
        Optional<String> read();
    }

    static final int BYTES = 256;

    private static final int LINKS = 16;
    private static final int USER = 20;
    private static final int GROUP = 24;
    private static final int MODE = 28;
    private static final int INODE = 32;
    private static final int SIZE = 40;
    private static final int CHANGED_SECONDS = 96;
    private static final int CHANGED_NANOS = 104;
    static final int MODIFIED_SECONDS = 112;
    private static final int MODIFIED_NANOS = 120;
    private static final int DEVICE_MAJOR = 136;
    private static final int DEVICE_MINOR = 140;

    private static final int TYPE_MASK = 0170000;
    private static final int TYPE_FILE = 0100000;
    private static final int TYPE_DIRECTORY = 0040000;
    private static final int TYPE_LINK = 0120000;

    private Statx() {}

    /// @param removal what its directory allows
    static Entry toEntry(
            MemorySegment stat, String name, OwnerNames owners, Removal removal, LinkText link) {
        Entry.Kind kind = kind(stat);
        int mode = stat.get(JAVA_SHORT, MODE);
        int user = stat.get(JAVA_INT, USER);
        int group = stat.get(JAVA_INT, GROUP);
        return new Entry(
                name,
                kind,
                kind == Entry.Kind.DIRECTORY ? 0 : stat.get(JAVA_LONG, SIZE),
                modified(stat),
                OptionalInt.of(mode & 0777),
                owners.user(user),
                owners.group(group),
                Math.max(1, stat.get(JAVA_INT, LINKS)),
                identity(stat).toString(),
                ProcessUser.current().access(kind, mode, user, group, removal),
                kind == Entry.Kind.LINK ? link.read() : Optional.empty());
    }

    /// What a directory allows with the entries in it.
    static Removal removal(MemorySegment directory) {
        return ProcessUser.current()
                .removal(
                        directory.get(JAVA_SHORT, MODE),
                        directory.get(JAVA_INT, USER),
                        directory.get(JAVA_INT, GROUP));
    }

    /// Last change of content or attributes.
    static Instant changed(MemorySegment stat) {
        return Instant.ofEpochSecond(
                stat.get(JAVA_LONG, CHANGED_SECONDS), stat.get(JAVA_INT, CHANGED_NANOS));
    }

    static Entry.Kind kind(MemorySegment stat) {
        return switch (stat.get(JAVA_SHORT, MODE) & TYPE_MASK) {
            case TYPE_FILE -> Entry.Kind.FILE;
            case TYPE_DIRECTORY -> Entry.Kind.DIRECTORY;
            case TYPE_LINK -> Entry.Kind.LINK;
            default -> Entry.Kind.OTHER;
        };
    }

    /// Some file systems hold any 64 bits of seconds, more than an [Instant] does.
    private static Instant modified(MemorySegment stat) {
        long seconds =
                Math.clamp(
                        stat.get(JAVA_LONG, MODIFIED_SECONDS),
                        Instant.MIN.getEpochSecond(),
                        Instant.MAX.getEpochSecond());
        return Instant.ofEpochSecond(seconds, stat.get(JAVA_INT, MODIFIED_NANOS));
    }

    /// What tells a file of this machine from all others, for as long as it is there.
    record Identity(long device, long inode) {
        @Override
        public String toString() {
            return Long.toHexString(device) + "g" + Long.toHexString(inode);
        }
    }

    static Identity identity(MemorySegment stat) {
        long device =
                Integer.toUnsignedLong(stat.get(JAVA_INT, DEVICE_MAJOR)) << 20
                        | stat.get(JAVA_INT, DEVICE_MINOR);
        return new Identity(device, stat.get(JAVA_LONG, INODE));
    }
}
