package io.sealane.vfs.local;

import io.sealane.vfs.Access;
import io.sealane.vfs.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who this process is to the host, and what permission bits allow it. Immutable: a JVM does not
/// change its user.
///
/// Bits are all that is looked at, since they come with every entry for nothing. Access lists, a
/// file system that is mounted read-only, and rights that root was stripped of are not seen.
record ProcessUser(int user, Set<Integer> groups) {
    private static final ProcessUser CURRENT = read(Path.of("/proc/self/status"));

    private static final int ROOT = 0;

    /// Stands for a user that no file belongs to (`(uid_t) -1`).
    private static final int UNKNOWN = -1;

    private static final int READ = 4;
    private static final int WRITE = 2;
    private static final int ENTER = 1;
    private static final int STICKY = 01000;

    static ProcessUser current() {
        return CURRENT;
    }

    /// Which entries of a directory can be removed.
    enum Removal {
        NONE,
        /// The directory is sticky: each user removes what is his.
        OWN,
        ALL
    }

    /// @param mode permission bits with the sticky bit
    Removal removal(int mode, int owner, int group) {
        if (!takesChanges(granted(mode, owner, group))) {
            return Removal.NONE;
        }
        boolean everything = (mode & STICKY) == 0 || user == ROOT || user == owner;
        return everything ? Removal.ALL : Removal.OWN;
    }

    Access access(Entry.Kind kind, int mode, int owner, int group, Removal removal) {
        boolean remove =
                switch (removal) {
                    case NONE -> false;
                    case OWN -> user == owner;
                    case ALL -> true;
                };
        return access(kind, granted(mode, owner, group), remove);
    }

    /// For where it cannot be told which of the bits count: what any of them allows.
    Access accessOfAnybody(Entry.Kind kind, int mode, Removal removal) {
        return access(kind, grantedToAnybody(mode), removal != Removal.NONE);
    }

    Removal removalByAnybody(int mode) {
        return takesChanges(grantedToAnybody(mode)) ? Removal.ALL : Removal.NONE;
    }

    private int granted(int mode, int owner, int group) {
        if (user == ROOT) {
            return READ | WRITE | ENTER;
        }
        if (user == owner) {
            return mode >> 6;
        }
        return groups.contains(group) ? mode >> 3 : mode;
    }

    private int grantedToAnybody(int mode) {
        return user == ROOT ? READ | WRITE | ENTER : mode >> 6 | mode >> 3 | mode;
    }

    private static Access access(Entry.Kind kind, int granted, boolean remove) {
        boolean read = (granted & READ) != 0;
        return switch (kind) {
            case FILE -> new Access(read, (granted & WRITE) != 0, false, remove);
            case DIRECTORY ->
                    new Access(read, takesChanges(granted), (granted & ENTER) != 0, remove);
            case LINK, OTHER -> new Access(false, false, false, remove);
        };
    }

    /// Names are made and removed in a directory that is held open, and the JDK opens one to read.
    private static boolean takesChanges(int granted) {
        return (granted & (READ | WRITE | ENTER)) == (READ | WRITE | ENTER);
    }

    /// Reads the user and groups that the kernel checks file accesses by, the last of four numbers.
    private static ProcessUser read(Path status) {
        int user = UNKNOWN;
        Set<Integer> groups = Set.of();
        try {
            for (String line : Files.readAllLines(status)) {
                List<Integer> numbers = numbers(line);
                if (line.startsWith("Uid:")) {
                    user = numbers.getLast();
                } else if (line.startsWith("Gid:")) {
                    groups = joined(groups, Set.of(numbers.getLast()));
                } else if (line.startsWith("Groups:")) {
                    groups = joined(groups, Set.copyOf(numbers));
                }
            }
        } catch (IOException _) {
            // No Linux: a stranger then, whom the bits for others speak of.
        }
        return new ProcessUser(user, groups);
    }

    private static List<Integer> numbers(String line) {
        if (!line.startsWith("Uid:") && !line.startsWith("Gid:") && !line.startsWith("Groups:")) {
            return List.of();
        }
        return Arrays.stream(line.substring(line.indexOf(':') + 1).split("\\s+", -1))
                .filter(number -> !number.isEmpty())
                .map(Integer::parseUnsignedInt)
                .toList();
    }

    private static Set<Integer> joined(Set<Integer> some, Set<Integer> others) {
        return Stream.concat(some.stream(), others.stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
