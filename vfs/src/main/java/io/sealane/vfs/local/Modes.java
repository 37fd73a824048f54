package io.sealane.vfs.local;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// Turns the nine POSIX permission bits into the JDK's set and back.
final class Modes {
    private static final PosixFilePermission[] FROM_LOWEST_BIT = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    private static final Set<PosixFilePermission> WORK =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private Modes() {}

    static Set<PosixFilePermission> fromBits(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < FROM_LOWEST_BIT.length; bit++) {
            if ((mode & 1 << bit) != 0) {
                permissions.add(FROM_LOWEST_BIT[bit]);
            }
        }
        return permissions;
    }

    /// What the server needs for a file that it works on, and what everybody gets of `permissions`:
    /// the file may have another group yet.
    static Set<PosixFilePermission> whileWorkedOn(Set<PosixFilePermission> permissions) {
        Set<PosixFilePermission> more = EnumSet.copyOf(WORK);
        more.addAll(withoutGroupsOwn(permissions));
        return more;
    }

    /// Leaves the group what everybody may do.
    static Set<PosixFilePermission> withoutGroupsOwn(Set<PosixFilePermission> permissions) {
        Set<PosixFilePermission> fewer = EnumSet.noneOf(PosixFilePermission.class);
        fewer.addAll(permissions);
        keepIf(fewer, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
        keepIf(fewer, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
        keepIf(fewer, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
        return fewer;
    }

    private static void keepIf(
            Set<PosixFilePermission> permissions,
            PosixFilePermission kept,
            PosixFilePermission condition) {
        if (!permissions.contains(condition)) {
            permissions.remove(kept);
        }
    }

    static int toBits(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (int bit = 0; bit < FROM_LOWEST_BIT.length; bit++) {
            if (permissions.contains(FROM_LOWEST_BIT[bit])) {
                mode |= 1 << bit;
            }
        }
        return mode;
    }
}
