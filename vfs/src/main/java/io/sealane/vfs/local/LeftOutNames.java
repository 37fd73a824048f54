package io.sealane.vfs.local;

import io.sealane.vfs.VirtualPath;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Counts what a listing leaves out although it is a user's: names that no path can express. The
/// client sees nothing of them, so the log has to tell. Belongs to one thread.
final class LeftOutNames {
    private static final System.Logger LOG = System.getLogger(LeftOutNames.class.getName());

    /// Directories that were told of. Safe from any thread.
    static final class Told {
        /// Whoever has more of them knows by now.
        private static final int DIRECTORIES_MAX = 64;

        private final Set<VirtualPath> directories = ConcurrentHashMap.newKeySet();

        private boolean isNew(VirtualPath directory) {
            return directories.size() < DIRECTORIES_MAX && directories.add(directory);
        }
    }

    private final Told told;
    private int count;

    LeftOutNames(Told told) {
        this.told = told;
    }

    /// @param name one that is not listed; empty if it was not decodable
    void saw(String name) {
        if (!ListedNames.isExpressible(name)) {
            count++;
        }
    }

    /// Tells of those that were seen, at the end of a directory's first listing.
    void tell(VirtualPath directory) {
        if (count > 0 && told.isNew(directory)) {
            LOG.log(
                    Level.WARNING,
                    "names not listed, not UTF-8 or with control characters: {0} in {1}",
                    Integer.toString(count),
                    directory);
        }
        count = 0;
    }
}
