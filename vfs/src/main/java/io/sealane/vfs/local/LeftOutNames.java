package io.sealane.vfs.local;

import io.sealane.vfs.VirtualPath;
import java.lang.System.Logger.Level;

/// Counts what a listing leaves out although it is a user's: names that no path can express. The
/// client sees nothing of them, so the log has to tell. Belongs to one thread.
final class LeftOutNames {
    private static final System.Logger LOG = System.getLogger(LeftOutNames.class.getName());

    private int count;

    /// @param name one that is not listed; empty if it was not decodable
    void saw(String name) {
        if (!ListedNames.isExpressible(name)) {
            count++;
        }
    }

    /// Tells of those that were seen, at the end of a listing.
    void tell(VirtualPath directory) {
        if (count > 0) {
            LOG.log(
                    Level.WARNING,
                    "names not listed, not UTF-8 or with control characters: {0} in {1}",
                    Integer.toString(count),
                    directory);
            count = 0;
        }
    }
}
