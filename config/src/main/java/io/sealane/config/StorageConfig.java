package io.sealane.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Files: where they are, how carefully they are written, and what of them is shown.
///
/// @param mounts 1 to [#MOUNTS_MAX], no two with the same path
/// @param partialsKept how long the partial file of a failed upload stays for resuming, 1 minute to
///   365 days
/// @param hiddenFiles names that begin with a dot, in LIST and NLST without `-a`
/// @param symbolicLinks whether links are followed, and what listings show of them
public record StorageConfig(
        List<MountConfig> mounts,
        Durability durability,
        Duration partialsKept,
        Visibility hiddenFiles,
        SymbolicLinks symbolicLinks,
        Ascii ascii) {
    /// Mounts are looked through for each path: some dozens are plenty.
    public static final int MOUNTS_MAX = 64;

    public static final Durability DURABILITY_DEFAULT = Durability.FLUSH;
    public static final Duration PARTIALS_KEPT_DEFAULT = Duration.ofHours(24);
    public static final Visibility HIDDEN_FILES_DEFAULT = Visibility.SHOW;
    public static final SymbolicLinks SYMBOLIC_LINKS_DEFAULT = SymbolicLinks.FOLLOW;
    public static final Ascii ASCII_DEFAULT = Ascii.CONVERT;

    static final Bounds<Duration> PARTIALS_KEPT =
            new Bounds<>(Duration.ofMinutes(1), Duration.ofDays(365));

    public StorageConfig {
        mounts = List.copyOf(mounts);
        new Bounds<>(1, MOUNTS_MAX).require("number of mounts", mounts.size());
        Set<String> paths = new HashSet<>();
        for (MountConfig mount : mounts) {
            if (!paths.add(mount.path())) {
                throw new IllegalArgumentException("mounted twice: " + mount.path());
            }
        }
        PARTIALS_KEPT.require("partialsKept", partialsKept);
    }

    /// The same with other mounts.
    public StorageConfig withMounts(List<MountConfig> others) {
        return new StorageConfig(
                others, durability, partialsKept, hiddenFiles, symbolicLinks, ascii);
    }
}
