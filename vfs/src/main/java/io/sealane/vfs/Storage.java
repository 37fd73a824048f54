package io.sealane.vfs;

import java.time.Instant;
import java.util.Optional;

/// A tree of files that one user sees. Paths cannot lead out of it, whatever names or links it
/// holds. Stores follow no link; [LinkFollowingStorage] does it for them.
///
/// Every method blocks and may be called from any thread. All failures are [StorageException]s with
/// a closed reason; a parent that is missing or is not a directory is `NOT_FOUND` or
/// `NOT_A_DIRECTORY`.
///
/// An upload becomes visible in one step ([Upload#publish]). Until then, and if it is closed
/// without that step, the old content of the path stays as it was. What was received of a broken
/// upload is kept for its uploader, hidden, for a time that the store sets, and can be continued
/// with [Placement.RestartAt] or [Placement.Append].
public interface Storage {
    StorageAbilities abilities();

    /// Where `path` leads, once the links on it are followed: two paths that have the same end are
    /// of the same thing.
    ///
    /// @return `path` where there are none, or one leads nowhere
    default VirtualPath end(VirtualPath path) throws StorageException {
        return path;
    }

    /// The same tree without a link being followed: for what goes from directory to directory, and
    /// must come to none that is not in the one before it, whatever is swapped in meanwhile.
    default Storage withoutLinks() {
        return this;
    }

    /// What is at `path`.
    Entry stat(VirtualPath path) throws StorageException;

    /// A word for the content at `file`: as long as it is the same, nobody has changed a byte. Says
    /// nothing about names, permissions or times, which may change it too.
    ///
    /// @return empty if the store cannot tell, or not yet: a change may follow too closely upon the
    ///   last one to be told from it
    /// @throws StorageException `NOT_PERMITTED` for a link
    default Optional<String> revision(VirtualPath file) throws StorageException {
        return Optional.empty();
    }

    /// The bytes of a broken upload to `path` that can be continued.
    ///
    /// @return size in bytes, at least 1
    /// @throws StorageException `NOT_FOUND` if there are none, or while another upload of this
    ///   store's owner to `path` is under way; `NOT_PERMITTED` for a link
    long partialSize(VirtualPath path) throws StorageException;

    /// Whether an upload of this store's owner that is to replace the published `file` is under
    /// way, or broke off and was not begun anew: what its client takes for its own there may be the
    /// old content.
    ///
    /// @throws StorageException `NOT_PERMITTED` for a link
    boolean isHalfReplaced(VirtualPath file) throws StorageException;

    /// Opens a directory for reading, entry by entry in the store's own order. `.` and `..` and the
    /// store's hidden files are not in it. Entries that vanish meanwhile are left out.
    DirectoryReader list(VirtualPath directory) throws StorageException;

    /// @throws StorageException `IS_A_DIRECTORY` for a directory, `NOT_PERMITTED` for links and
    ///   devices
    FileReader openForRead(VirtualPath file) throws StorageException;

    /// Begins an upload. Nothing changes at `file` until [Upload#publish].
    ///
    /// @throws StorageException `BAD_OFFSET` where [Placement.RestartAt] is beyond the kept partial
    ///   or, without one, the published file, or where somebody else replaced the file after the
    ///   partial was kept; `HALF_REPLACED` for [Placement.Append] to a published file that such a
    ///   partial was to replace; `BUSY` for either where an upload of the same owner that does not
    ///   only add to the file is under way; `IS_A_DIRECTORY`, `NOT_PERMITTED`
    Upload openForWrite(VirtualPath file, Placement placement) throws StorageException;

    /// @throws StorageException `ALREADY_EXISTS` if the name is taken
    void createDirectory(VirtualPath directory) throws StorageException;

    /// Makes a symbolic link to `target`, which need not be there.
    ///
    /// @throws StorageException `ALREADY_EXISTS` if the name is taken, `UNSUPPORTED`
    default void createLink(VirtualPath link, VirtualPath target) throws StorageException {
        throw new StorageException(StorageException.Reason.UNSUPPORTED, "a link at " + link);
    }

    /// @throws StorageException `NOT_EMPTY`, `NOT_A_DIRECTORY`
    void removeDirectory(VirtualPath directory) throws StorageException;

    /// Removes a file or a link (the link itself), and what is kept for this user of a broken
    /// upload to it; where nothing else is there, that alone.
    ///
    /// @throws StorageException `IS_A_DIRECTORY`
    void deleteFile(VirtualPath file) throws StorageException;

    /// Gives `from` the name `to`, replacing a file at `to` in one step. A directory replaces
    /// nothing: `ALREADY_EXISTS`. What is kept for this user of broken uploads to either is
    /// removed: it was to replace a file that is no longer there.
    void rename(VirtualPath from, VirtualPath to) throws StorageException;

    /// Sets the modification time, with the store's precision.
    ///
    /// @throws StorageException `UNSUPPORTED` for a time that the store cannot keep; the old one
    ///   stays
    void setModified(VirtualPath path, Instant modified) throws StorageException;

    /// Bytes that can be stored in `directory` before the store is full.
    ///
    /// @throws StorageException `NOT_A_DIRECTORY`
    long bytesAvailable(VirtualPath directory) throws StorageException;

    /// Sets the nine POSIX permission bits.
    void setMode(VirtualPath path, int mode) throws StorageException;
}
