package io.sealane.vfs;

/// What a store can do. Asked, never assumed.
///
/// @param rename can give a file or directory another name
/// @param append can continue an existing file
/// @param restart can continue a broken upload at an offset
/// @param setModified can set modification times
/// @param setMode can set POSIX permission bits
/// @param atomicReplace publishes an upload in one step over existing content
public record StorageAbilities(
        boolean rename,
        boolean append,
        boolean restart,
        boolean setModified,
        boolean setMode,
        boolean atomicReplace) {
    public static final StorageAbilities ALL =
            new StorageAbilities(true, true, true, true, true, true);
}
