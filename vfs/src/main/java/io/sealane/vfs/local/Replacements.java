package io.sealane.vfs.local;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The uploads of this process that are to replace what is published, from their beginning to their
/// end: as long as one is under way its owner must not go on from the old content. One whose owner
/// has published another meanwhile has been given up and begun anew. Safe from any thread.
final class Replacements {
    /// In the order in which they began.
    private static final ConcurrentHashMap<Key, List<Replacement>> UNDER_WAY =
            new ConcurrentHashMap<>();

    private Replacements() {}

    static Replacement begin(Key key) {
        Replacement begun = new Replacement(key);
        begun.isAlone = UNDER_WAY.merge(key, List.of(begun), Replacements::both).size() == 1;
        return begun;
    }

    static boolean isUnderWay(Key key) {
        return UNDER_WAY.containsKey(key);
    }

    /// Says that their owner has renamed another file to the name, or deleted it.
    static void supersede(Key key) {
        UNDER_WAY.getOrDefault(key, List.of()).forEach(older -> older.superseded = true);
    }

    private static List<Replacement> both(List<Replacement> some, List<Replacement> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /// What is replaced, and for whom.
    ///
    /// @param directory the identity of the directory, which stays if it is renamed
    /// @param stem of the hidden names; tells the name in the directory, and the owner
    record Key(Object directory, String stem) {
        static Key of(OpenDirectory directory, String stem) throws IOException {
            return new Key(directory.identity(), stem);
        }

        static Key ofUpload(OpenDirectory directory, String uploadName) throws IOException {
            int length = uploadName.length() - HiddenFiles.UPLOAD_SUFFIX.length();
            return of(directory, uploadName.substring(0, length));
        }

        /// The name of what came of an upload that broke off.
        String partialName() {
            return stem + HiddenFiles.PARTIAL_SUFFIX;
        }

        /// The name of an upload under way, unless another has it.
        String uploadName() {
            return stem + HiddenFiles.UPLOAD_SUFFIX;
        }
    }

    /// One upload. Its end belongs to one thread.
    static final class Replacement {
        private final Key key;
        private boolean isAlone;
        private volatile boolean superseded;

        private Replacement(Key key) {
            this.key = key;
        }

        /// Whether no other of its key was under way when it began.
        boolean isAlone() {
            return isAlone;
        }

        /// Whether its owner has done with it: another that was begun later has been published, or
        /// the name has been renamed or deleted.
        boolean isSuperseded() {
            return superseded;
        }

        /// Says that it is published. What was begun after it is not superseded.
        void published() {
            UNDER_WAY.getOrDefault(key, List.of()).stream()
                    .takeWhile(older -> older != this)
                    .forEach(older -> older.superseded = true);
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
