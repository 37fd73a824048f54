package io.sealane.vfs;

/// Tell the names that a store keeps for itself (uploads in progress, kept partials) from the names
/// that users may see and choose. Stateless.
public final class ReservedNames {
    /// What every hidden file of a store begins with.
    public static final String PREFIX = ".sealane-";

    private ReservedNames() {}

    /// Letter case does not count: on a case-folding file system `.SEALANE-x` is `.sealane-x`.
    public static boolean isReserved(String name) {
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /// Refuses paths that name or cross something hidden.
    ///
    /// @throws StorageException `NOT_FOUND`: what is hidden does not exist for users
    public static void requireVisible(VirtualPath path) throws StorageException {
        if (path.names().stream().anyMatch(ReservedNames::isReserved)) {
            throw new StorageException(StorageException.Reason.NOT_FOUND, path + " is reserved");
        }
    }

    /// Refuses names that nobody may create.
    ///
    /// @throws StorageException `BAD_NAME` for a reserved last name, `NOT_FOUND` below one
    public static void requireCreatable(VirtualPath path) throws StorageException {
        requireVisible(path.parent());
        if (isReserved(path.name())) {
            throw new StorageException(StorageException.Reason.BAD_NAME, path + " is reserved");
        }
    }
}
