package io.sealane.vfs.local;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The uploads of this process that are to replace what is published, from their beginning to their
/// end: as long as one is under way, its owner must not go on from the old content, and of one that
/// breaks off nothing is kept if its owner has published another meanwhile. Safe from any thread.
final class Replacements {
    private static final ConcurrentHashMap<Key, List<Replacement>> UNDER_WAY =
            new ConcurrentHashMap<>();

    private Replacements() {}

    static Replacement begin(Key key) {
        Replacement begun = new Replacement(key);
        UNDER_WAY.merge(key, List.of(begun), Replacements::both);
        return begun;
    }

    static boolean isUnderWay(Key key) {
        return UNDER_WAY.containsKey(key);
    }

    /// Whoever owns them has published, renamed or deleted the file since: nothing that they leave
    /// counts.
    static void supersede(Key key) {
        UNDER_WAY.getOrDefault(key, List.of()).forEach(older -> older.superseded = true);
    }

    private static List<Replacement> both(List<Replacement> some, List<Replacement> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /// What is replaced, and for whom.
    ///
    /// @param directory the file key of the directory, which stays if it is renamed
    /// @param partialName tells the name in it, and the owner
    record Key(Object directory, String partialName) {}

    /// One upload. Its end belongs to one thread.
    static final class Replacement {
        private final Key key;
        private volatile boolean superseded;

        private Replacement(Key key) {
            this.key = key;
        }

        boolean isSuperseded() {
            return superseded;
        }

        void end() {
            UNDER_WAY.computeIfPresent(
                    key,
                    (_, underWay) -> {
                        List<Replacement> rest =
                                underWay.stream().filter(other -> other != this).toList();
                        return rest.isEmpty() ? null : rest;
                    });
        }
    }
}
