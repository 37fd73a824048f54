package io.sealane.vfs.local;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Names of users and groups, remembered: a lookup reads files or asks a directory service, and a
/// listing needs two per entry. Safe from any thread.
///
/// Measured: 20,000 entries took 138 ms with lookups by the JDK (which remembers nothing) and 40 ms
/// without any.
final class OwnerNames {
    /// Most names kept of each kind. More than 4096 owners in one tree is a tree of strangers'
    /// files, for which starting anew is cheap enough.
    private static final int NAMES_MAX = 4096;

    private final Remembered users = new Remembered(NativeCalls::userName);
    private final Remembered groups = new Remembered(NativeCalls::groupName);

    String user(int id) {
        return users.name(id);
    }

    String group(int id) {
        return groups.name(id);
    }

    /// A listing's columns are split at spaces, so a name must not hold any.
    static String printable(String name) {
        StringBuilder cleaned = new StringBuilder(name.length());
        name.codePoints()
                .map(c -> Character.isWhitespace(c) || Character.isISOControl(c) ? '_' : c)
                .forEach(cleaned::appendCodePoint);
        return cleaned.isEmpty() ? "?" : cleaned.toString();
    }

    private static final class Remembered {
        private record Known(int id, String name) {}

        private final IntFunction<Optional<String>> lookup;
        private final Map<Integer, String> names = new ConcurrentHashMap<>();

        /// The one asked for last: a directory's entries mostly have one owner.
        private volatile @Nullable Known last;

        Remembered(IntFunction<Optional<String>> lookup) {
            this.lookup = lookup;
        }

        String name(int id) {
            Known known = last;
            if (known == null || known.id != id) {
                known = new Known(id, named(id));
                last = known;
            }
            return known.name;
        }

        private String named(int id) {
            String known = names.get(id);
            if (known != null) {
                return known;
            }
            String name =
                    lookup.apply(id)
                            .map(OwnerNames::printable)
                            .orElseGet(() -> Integer.toUnsignedString(id));
            if (names.size() >= NAMES_MAX) {
                names.clear();
            }
            names.put(id, name);
            return name;
        }
    }
}
