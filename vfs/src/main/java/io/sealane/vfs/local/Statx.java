package io.sealane.vfs.local;

import io.sealane.vfs.Entry;
import io.sealane.vfs.local.ProcessUser.Removal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Linux's `struct statx`, whose layout is the same on every architecture: memory that the system
/// fills, and what it then says. Belongs to one thread, as its memory does.
///
/// Measured: read as a buffer, and not as a segment, which is slow until it is compiled.
final class Statx {
    /// Reads the text of the link that was looked at.
    @FunctionalInterface
    interface LinkText {
        Optional<String> read();
    }

    private static final int BYTES = 256;

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

    private final MemorySegment memory;
    private final ByteBuffer octets;

    Statx(Arena arena) {
        this.memory = arena.allocate(BYTES, Long.BYTES);
        this.octets = memory.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /// For the system to fill.
    MemorySegment memory() {
        return memory;
    }

    /// @param removal what its directory allows
    Entry toEntry(String name, OwnerNames owners, Removal removal, LinkText link) {
        Entry.Kind kind = kind();
        int mode = octets.getShort(MODE);
        int user = octets.getInt(USER);
        int group = octets.getInt(GROUP);
        return new Entry(
                name,
                kind,
                kind == Entry.Kind.DIRECTORY ? 0 : octets.getLong(SIZE),
                modified(),
                OptionalInt.of(mode & 0777),
                owners.user(user),
                owners.group(group),
                Math.max(1, octets.getInt(LINKS)),
                identity().toString(),
                ProcessUser.current().access(kind, mode, user, group, removal),
                kind == Entry.Kind.LINK ? link.read() : Optional.empty());
    }

    /// What this directory allows with the entries in it.
    Removal removal() {
        return ProcessUser.current()
                .removal(octets.getShort(MODE), octets.getInt(USER), octets.getInt(GROUP));
    }

    /// Last change of content or attributes.
    Instant changed() {
        return Instant.ofEpochSecond(octets.getLong(CHANGED_SECONDS), octets.getInt(CHANGED_NANOS));
    }

    Entry.Kind kind() {
        return switch (octets.getShort(MODE) & TYPE_MASK) {
            case TYPE_FILE -> Entry.Kind.FILE;
            case TYPE_DIRECTORY -> Entry.Kind.DIRECTORY;
            case TYPE_LINK -> Entry.Kind.LINK;
            default -> Entry.Kind.OTHER;
        };
    }

    /// Some file systems hold any 64 bits of seconds, more than an [Instant] does.
    private Instant modified() {
        long seconds =
                Math.clamp(
                        octets.getLong(MODIFIED_SECONDS),
                        Instant.MIN.getEpochSecond(),
                        Instant.MAX.getEpochSecond());
        return Instant.ofEpochSecond(seconds, octets.getInt(MODIFIED_NANOS));
    }

    /// What tells a file of this machine from all others, for as long as it is there.
    record Identity(long device, long inode) {
        @Override
        public String toString() {
            return Long.toHexString(device) + "g" + Long.toHexString(inode);
        }
    }

    Identity identity() {
        long device =
                Integer.toUnsignedLong(octets.getInt(DEVICE_MAJOR)) << 20
                        | octets.getInt(DEVICE_MINOR);
        return new Identity(device, octets.getLong(INODE));
    }
}
