package io.sealane.vfs.local;

import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.Placement;
import io.sealane.vfs.ReservedNames;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageAbilities;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.Upload;
import io.sealane.vfs.VirtualPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Store files in a directory of the local file system. Safe from any thread; it holds no file open
/// between calls and needs no closing.
///
/// Security: nothing outside the root can be reached, also not by links that others put into the
/// tree or swap in while a call is under way: every name is opened relative to the directory before
/// it, without following links. The root's own path may lead over links; it is resolved once, by
/// [#open], and what another directory takes the place of from then on is not opened any more.
///
/// An upload is a hidden file beside its target until it is renamed over it. So a replaced file is
/// a new file: it keeps the old one's permission bits and, as far as the host lets the server, its
/// owner and group, but not its hard links or its extended attributes, ACLs among them. A directory
/// that holds nothing but kept partials counts as empty.
///
/// On Linux on x86-64 and AArch64 it uses native calls (`--enable-native-access=ALL-UNNAMED`).
/// Where these are denied or missing it does the same more slowly, without hard link counts, and
/// only in directories that it may list; that needs a file system whose JDK provider has secure
/// directory streams: Linux has, Windows and macOS have not.
public final class LocalStorage implements Storage {
    /// Coarsest tick of the times of a file system in use: FAT has two seconds.
    private static final Duration COARSEST_TICK = Duration.ofSeconds(2);

    /// Times that every file system in use can keep, but for FAT, which begins in 1980.
    private static final Instant EVERYWHERE_FROM = Instant.EPOCH;

    private static final Instant EVERYWHERE_TO = Instant.ofEpochSecond(Integer.MAX_VALUE);

    /// In the place of a later one the JDK sets this.
    private static final Instant LATEST_SET = Instant.ofEpochSecond(0, Long.MAX_VALUE);

    private final Path root;
    private final Tree tree;
    private final LocalStorageOptions options;
    private final HiddenFiles hidden;
    private final Uploads uploads;

    private LocalStorage(Path root, Tree tree, LocalStorageOptions options) {
        this.root = root;
        this.tree = tree;
        this.options = options;
        this.hidden = new HiddenFiles(root, options);
        this.uploads = new Uploads(options, hidden);
    }

    /// Opens the existing directory `root`.
    ///
    /// @throws StorageException `NOT_FOUND`, `NOT_A_DIRECTORY`, `NOT_PERMITTED`; `UNSUPPORTED`
    ///   where the platform cannot keep users inside the root
    public static LocalStorage open(Path root, LocalStorageOptions options)
            throws StorageException {
        if (!NativeCalls.available() || !Files.isDirectory(Path.of("/proc/self/fd"))) {
            return openPortably(root, options);
        }
        try {
            Path realRoot = root.toRealPath();
            return new LocalStorage(realRoot, new NativeTree(realRoot), options);
        } catch (IOException e) {
            throw Failures.of(VirtualPath.ROOT, e);
        }
    }

    /// Opens `root` without native calls, whether the platform has them or not.
    static LocalStorage openPortably(Path root, LocalStorageOptions options)
            throws StorageException {
        try {
            Path realRoot = root.toRealPath();
            requireSecureStreams(realRoot);
            return new LocalStorage(realRoot, new SecureTree(realRoot), options);
        } catch (IOException e) {
            throw Failures.of(VirtualPath.ROOT, e);
        }
    }

    /// Where the root is, without a link on the way.
    public Path root() {
        return root;
    }

    @Override
    public StorageAbilities abilities() {
        return StorageAbilities.ALL;
    }

    @Override
    public Entry stat(VirtualPath path) throws StorageException {
        requireVisible(path);
        try (Tree.Node node = tree.node(path)) {
            return node.entry();
        } catch (IOException e) {
            throw Failures.of(path, e);
        }
    }

    /// Made of what identifies a file and of its change time, which the system sets at every write
    /// and nobody else can. One that changed a moment ago has none: its next change may come within
    /// the clock tick of the last.
    @Override
    public Optional<String> revision(VirtualPath file) throws StorageException {
        requireVisible(file);
        try (Tree.Node node = tree.node(file)) {
            requireNoLink(file, node.entry().kind());
            Instant settled = options.clock().instant().minus(COARSEST_TICK);
            return node.changed()
                    .filter(changed -> changed.isBefore(settled))
                    .map(changed ->
                            node.entry().fileKey() + "-" + node.entry().size() + "-" + changed);
        } catch (IOException e) {
            throw Failures.of(file, e);
        }
    }

    @Override
    public long partialSize(VirtualPath path) throws StorageException {
        requireVisible(path);
        try (OpenDirectory parent = tree.open(path.parent())) {
            requireNoLink(path, parent);
            Optional<PosixFileAttributes> partial = hidden.findPartial(parent, path.name());
            if (hidden.isUnderWay(parent, hidden.keyOf(parent, path.name()), path.name())) {
                throw Failures.refuse(Reason.NOT_FOUND, path);
            }
            return partial.map(PosixFileAttributes::size)
                    .filter(size -> size > 0)
                    .orElseThrow(() -> Failures.refuse(Reason.NOT_FOUND, path));
        } catch (IOException e) {
            throw Failures.of(path, e);
        }
    }

    @Override
    public boolean isHalfReplaced(VirtualPath file) throws StorageException {
        requireVisible(file);
        try (OpenDirectory parent = tree.open(file.parent())) {
            requireNoLink(file, parent);
            return hidden.findPartial(parent, file.name()).isPresent()
                    || hidden.isUnderWay(parent, hidden.keyOf(parent, file.name()), file.name());
        } catch (IOException e) {
            throw Failures.of(file, e);
        }
    }

    @Override
    public DirectoryReader list(VirtualPath directory) throws StorageException {
        requireVisible(directory);
        try {
            return tree.list(directory);
        } catch (IOException e) {
            throw Failures.of(directory, e);
        }
    }

    @Override
    public FileReader openForRead(VirtualPath file) throws StorageException {
        requireVisible(file);
        try (Tree.Node node = tree.node(file)) {
            requireFile(file, node.entry().kind());
            FileChannel channel = node.openForRead();
            return new LocalFileReader(channel, file);
        } catch (IOException e) {
            throw Failures.of(file, e);
        }
    }

    @Override
    public Upload openForWrite(VirtualPath file, Placement placement) throws StorageException {
        requireCreatable(file);
        if (file.isRoot()) {
            throw Failures.refuse(Reason.IS_A_DIRECTORY, file);
        }
        try {
            OpenDirectory parent = tree.open(file.parent());
            try {
                Optional<PosixFileAttributes> there = parent.find(file.name());
                if (there.isPresent()) {
                    requireFile(file, OpenDirectory.kindOf(there.get()));
                    requireWritable(file);
                }
                hidden.sweep(file.parent(), parent);
                Replacements.Key key = hidden.keyOf(parent, file.name());
                return uploads.begin(new UploadTarget(file, parent, key, there), placement);
            } catch (IOException | RuntimeException | Error e) {
                parent.close();
                throw e;
            }
        } catch (IOException e) {
            throw Failures.of(file, e);
        }
    }

    @Override
    public void createDirectory(VirtualPath directory) throws StorageException {
        requireCreatable(directory);
        if (directory.isRoot()) {
            throw Failures.refuse(Reason.ALREADY_EXISTS, directory);
        }
        try {
            tree.createDirectory(directory);
        } catch (IOException e) {
            throw Failures.of(directory, e);
        }
    }

    @Override
    public void createLink(VirtualPath link, VirtualPath target) throws StorageException {
        requireCreatable(link);
        requireVisible(target);
        if (link.isRoot()) {
            throw Failures.refuse(Reason.ALREADY_EXISTS, link);
        }
        try {
            tree.createLink(link, LinkTarget.relative(link.parent(), target));
        } catch (IOException e) {
            throw Failures.of(link, e);
        }
    }

    @Override
    public void removeDirectory(VirtualPath directory) throws StorageException {
        requireVisible(directory);
        requireNotRoot(directory);
        try (OpenDirectory parent = tree.open(directory.parent())) {
            try {
                parent.deleteDirectory(directory.name());
            } catch (IOException failed) {
                if (Failures.reasonOf(failed) != Reason.NOT_EMPTY) {
                    throw failed;
                }
                try (OpenDirectory inside = tree.open(directory)) {
                    if (!hidden.clearLeftovers(inside)) {
                        throw failed;
                    }
                }
                parent.deleteDirectory(directory.name());
            }
        } catch (IOException e) {
            throw Failures.of(directory, e);
        }
    }

    @Override
    public void deleteFile(VirtualPath file) throws StorageException {
        requireVisible(file);
        if (file.isRoot()) {
            throw Failures.refuse(Reason.IS_A_DIRECTORY, file);
        }
        try (OpenDirectory parent = tree.open(file.parent())) {
            try {
                parent.deleteFile(file.name());
            } catch (IOException failed) {
                if (Failures.reasonOf(failed) != Reason.NOT_FOUND
                        || hidden.findPartial(parent, file.name()).isEmpty()) {
                    throw failed;
                }
            }
            hidden.forget(parent, file.name());
        } catch (IOException e) {
            throw Failures.of(file, e);
        }
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws StorageException {
        requireVisible(from);
        requireCreatable(to);
        requireNotRoot(from);
        try (OpenDirectory source = tree.open(from.parent())) {
            boolean isDirectory = source.attributes(from.name()).isDirectory();
            if (from.equals(to)) {
                return;
            }
            if (to.isRoot()) {
                throw Failures.refuse(Reason.ALREADY_EXISTS, to);
            }
            if (isDirectory && to.startsWith(from)) {
                throw Failures.refuse(Reason.NOT_PERMITTED, to);
            }
            try (OpenDirectory target = tree.open(to.parent())) {
                Optional<PosixFileAttributes> there = target.find(to.name());
                if (there.isPresent() && (isDirectory || there.get().isDirectory())) {
                    throw Failures.refuse(Reason.ALREADY_EXISTS, to);
                }
                source.move(from.name(), target, to.name());
                hidden.forget(source, from.name());
                hidden.forget(target, to.name());
            }
        } catch (IOException e) {
            throw Failures.of(from, e);
        }
    }

    @Override
    public void setModified(VirtualPath path, Instant modified) throws StorageException {
        requireVisible(path);
        try (Tree.Node node = tree.node(path)) {
            requireFileOrDirectory(path, node.entry().kind());
            if (EVERYWHERE_FROM.isAfter(modified) || EVERYWHERE_TO.isBefore(modified)) {
                setRareTime(node, path, modified);
            } else {
                node.setModified(FileTime.from(modified));
            }
        } catch (IOException e) {
            throw Failures.of(path, e);
        }
    }

    /// Sets a time that file systems, and the JDK, put their own nearest in the place of.
    private static void setRareTime(Tree.Node node, VirtualPath path, Instant modified)
            throws IOException {
        if (LATEST_SET.isBefore(modified)) {
            throw new StorageException(
                    Reason.UNSUPPORTED, path + " cannot be given " + modified + " by Java");
        }
        FileTime before = node.modified();
        try {
            node.setModified(FileTime.from(modified));
        } catch (FileSystemException outOfRange) {
            throw new StorageException(
                    Reason.UNSUPPORTED, path + " cannot have " + modified, outOfRange);
        }
        Instant kept = node.modified().toInstant();
        if (Duration.between(kept, modified).abs().compareTo(COARSEST_TICK) >= 0) {
            node.setModified(before);
            throw new StorageException(
                    Reason.UNSUPPORTED, path + " would have " + kept + " for " + modified);
        }
    }

    @Override
    public long bytesAvailable(VirtualPath directory) throws StorageException {
        requireVisible(directory);
        try {
            return tree.bytesAvailable(directory);
        } catch (IOException e) {
            throw Failures.of(directory, e);
        }
    }

    @Override
    public void setMode(VirtualPath path, int mode) throws StorageException {
        requireVisible(path);
        try (Tree.Node node = tree.node(path)) {
            requireFileOrDirectory(path, node.entry().kind());
            node.setPermissions(Modes.fromBits(mode));
        } catch (IOException e) {
            throw Failures.of(path, e);
        }
    }

    private static void requireSecureStreams(Path root) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            if (!(stream instanceof SecureDirectoryStream<Path>)) {
                throw new StorageException(
                        Reason.UNSUPPORTED,
                        "local storage needs secure directory streams, which this platform's"
                                + " JDK does not have (Linux has): "
                                + root);
            }
        }
    }

    private static void requireVisible(VirtualPath path) throws StorageException {
        requireEncodable(path);
        ReservedNames.requireVisible(path);
    }

    private static void requireCreatable(VirtualPath path) throws StorageException {
        requireEncodable(path);
        ReservedNames.requireCreatable(path);
    }

    /// Refuses what is no host name, before anything is done: text with half a surrogate pair, or
    /// any but ASCII names in a process whose locale is not UTF-8.
    private static void requireEncodable(VirtualPath path) throws StorageException {
        try {
            Path ignored = Path.of(path.toString());
        } catch (InvalidPathException e) {
            throw Failures.of(path, e);
        }
    }

    private static void requireNotRoot(VirtualPath path) throws StorageException {
        if (path.isRoot()) {
            throw Failures.refuse(Reason.NOT_PERMITTED, path);
        }
    }

    private static void requireNoLink(VirtualPath path, OpenDirectory parent) throws IOException {
        Optional<PosixFileAttributes> there = parent.find(path.name());
        if (there.isPresent()) {
            requireNoLink(path, OpenDirectory.kindOf(there.get()));
        }
    }

    private static void requireNoLink(VirtualPath path, Entry.Kind kind) throws StorageException {
        if (kind == Entry.Kind.LINK) {
            throw Failures.refuse(Reason.NOT_PERMITTED, path);
        }
    }

    private static void requireFile(VirtualPath path, Entry.Kind kind) throws StorageException {
        switch (kind) {
            case FILE -> {}
            case DIRECTORY -> throw Failures.refuse(Reason.IS_A_DIRECTORY, path);
            case LINK, OTHER -> throw Failures.refuse(Reason.NOT_PERMITTED, path);
        }
    }

    /// The host would let a rename replace a file that it would not let anyone write to.
    private void requireWritable(VirtualPath file) throws IOException {
        try (Tree.Node node = tree.node(file)) {
            if (node.entry().isFile() && !node.entry().access().write()) {
                throw Failures.refuse(Reason.NOT_PERMITTED, file);
            }
        } catch (IOException e) {
            if (Failures.reasonOf(e) != Reason.NOT_FOUND) { // gone meanwhile: nothing to protect
                throw e;
            }
        }
    }

    private static void requireFileOrDirectory(VirtualPath path, Entry.Kind kind)
            throws StorageException {
        switch (kind) {
            case FILE, DIRECTORY -> {}
            case LINK, OTHER -> throw Failures.refuse(Reason.NOT_PERMITTED, path);
        }
    }
}
