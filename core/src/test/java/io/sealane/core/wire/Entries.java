package io.sealane.core.wire;

import io.sealane.vfs.Access;
import io.sealane.vfs.Entry;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Entries for tests, as a store would make them.
final class Entries {
    private Entries() {}

    static Entry of(Entry.Kind kind, long size, String modified) {
        return of(kind, size, Instant.parse(modified), Access.ALL, Optional.empty());
    }

    static Entry with(Entry.Kind kind, Access access) {
        return of(kind, 0, Instant.EPOCH, access, Optional.empty());
    }

    static Entry link(String target) {
        return of(
                Entry.Kind.LINK,
                7,
                Instant.EPOCH,
                new Access(false, false, false, true),
                Optional.of(target));
    }

    private static Entry of(
            Entry.Kind kind, long size, Instant modified, Access access, Optional<String> target) {
        return new Entry(
                "a file",
                kind,
                size,
                modified,
                OptionalInt.of(0640),
                "alice",
                "staff",
                1,
                "1.(dev=1 ino=27)",
                access,
                target);
    }
}
