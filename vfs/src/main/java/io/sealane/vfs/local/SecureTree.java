package io.sealane.vfs.local;

import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.VirtualPath;
import io.sealane.vfs.local.ProcessUser.Removal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Walks by `SecureDirectoryStream`, directory by directory: the portable way, where [NativeCalls]
/// are not available.
///
/// What it promises less than [NativeTree]: someone with an account on the host who swaps a file
/// for a pipe at the right moment can make a call wait; hard links are counted as 1; where symbolic
/// links lead is not shown; whose permission bits count is not known, so any of them does; and each
/// entry of a listing costs two look-ups of its owners.
final class SecureTree implements Tree {
    /// Held while a directory is moved into place: a rename replaces an empty directory without a
    /// word, so of two who make the same one both would be told that they did. Held during two
    /// calls; other processes are not held off by it.
    private static final ReentrantLock MAKING_DIRECTORY = new ReentrantLock();

    private final Path root;
    private final Object identity;
    private final LeftOutNames.Told told = new LeftOutNames.Told();

    /// @param root without links in it
    SecureTree(Path root) throws IOException {
        this.root = root;
        try (StreamedDirectory opened = StreamedDirectory.atHostPath(root)) {
            this.identity = opened.identity();
        }
    }

    @Override
    public StreamedDirectory open(VirtualPath directory) throws IOException {
        StreamedDirectory place = openRoot();
        try {
            for (String name : directory.names()) {
                StreamedDirectory below = place.child(name);
                place.close();
                place = below;
            }
            return place;
        } catch (IOException | RuntimeException | Error e) {
            place.close();
            throw e;
        }
    }

    @Override
    public Node node(VirtualPath path) throws IOException {
        StreamedDirectory parent = open(path.parent());
        try {
            String name = path.isRoot() ? OpenDirectory.SELF : path.name();
            Removal removal = path.isRoot() ? Removal.NONE : removal(parent);
            Entry entry = toEntry(parent.attributes(name), path.name(), removal);
            return new NamedNode(parent, name, entry);
        } catch (IOException | RuntimeException | Error e) {
            parent.close();
            throw e;
        }
    }

    @Override
    public DirectoryReader list(VirtualPath directory) throws IOException {
        StreamedDirectory opened = open(directory);
        try {
            return new SecureDirectoryReader(
                    opened, directory, removal(opened), new LeftOutNames(told));
        } catch (IOException | RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /// Security: `SecureDirectoryStream` cannot make a directory, so one is made in the root, whose
    /// path no user can change, and moved to its place.
    @Override
    public void createDirectory(VirtualPath directory) throws IOException {
        try (StreamedDirectory top = openRoot();
                StreamedDirectory parent = open(directory.parent())) {
            String staged = HiddenFiles.newName(HiddenFiles.STAGING_SUFFIX);
            Files.createDirectory(root.resolve(staged));
            try {
                moveToFreeName(top, staged, parent, directory.name());
            } catch (IOException | RuntimeException | Error e) {
                Closing.undo(e, () -> top.deleteDirectory(staged));
                throw e;
            }
        }
    }

    /// Secure directory streams make no links, and the root is no place to stage one: it would say
    /// something else there.
    @Override
    public void createLink(VirtualPath link, String text) throws IOException {
        throw Failures.refuse(Reason.UNSUPPORTED, link);
    }

    /// Of the file system under the root: secure directory streams tell none of their own.
    @Override
    public long bytesAvailable(VirtualPath directory) throws IOException {
        open(directory).close();
        return Files.getFileStore(root).getUsableSpace();
    }

    private static void moveToFreeName(
            StreamedDirectory top, String staged, StreamedDirectory parent, String name)
            throws IOException {
        MAKING_DIRECTORY.lock();
        try {
            if (parent.find(name).isPresent()) {
                throw new FileAlreadyExistsException(name);
            }
            top.move(staged, parent, name);
        } finally {
            MAKING_DIRECTORY.unlock();
        }
    }

    /// Security: as that of [NativeTree].
    private StreamedDirectory openRoot() throws IOException {
        StreamedDirectory opened = StreamedDirectory.atHostPath(root);
        try {
            if (!opened.identity().equals(identity)) {
                throw new StorageException(Reason.BROKEN, root + " is another directory by now");
            }
            return opened;
        } catch (IOException | RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    private static Removal removal(StreamedDirectory directory) throws IOException {
        PosixFileAttributes self = directory.attributes(OpenDirectory.SELF);
        return ProcessUser.current().removalByAnybody(Modes.toBits(self.permissions()));
    }

    private static Entry toEntry(PosixFileAttributes attributes, String name, Removal removal) {
        Entry.Kind kind = OpenDirectory.kindOf(attributes);
        int mode = Modes.toBits(attributes.permissions());
        return new Entry(
                name,
                kind,
                attributes.isDirectory() ? 0 : attributes.size(),
                attributes.lastModifiedTime().toInstant(),
                OptionalInt.of(mode),
                OwnerNames.printable(attributes.owner().getName()),
                OwnerNames.printable(attributes.group().getName()),
                1,
                printableKey(String.valueOf(attributes.fileKey())),
                ProcessUser.current().accessOfAnybody(kind, mode, removal),
                Optional.empty());
    }

    /// The JDK's keys read `(dev=fe01,ino=42)`.
    private static String printableKey(String key) {
        return key.replace("(dev=", "").replace(",ino=", "g").replace(")", "");
    }

    /// What was seen at a name. The name may lead elsewhere by the time it is used, so a file is
    /// looked at again after it was opened.
    private record NamedNode(StreamedDirectory parent, String name, Entry entry) implements Node {
        /// `SecureDirectoryStream` does not tell it.
        @Override
        public Optional<Instant> changed() {
            return Optional.empty();
        }

        @Override
        public FileChannel openForRead() throws IOException {
            FileChannel channel = parent.openForRead(name);
            try {
                if (!parent.find(name).map(PosixFileAttributes::isRegularFile).orElse(true)) {
                    throw new StorageException(Reason.BUSY, "swapped while opening");
                }
                return channel;
            } catch (IOException | RuntimeException | Error e) {
                Closing.quietly(channel);
                throw e;
            }
        }

        @Override
        public FileTime modified() throws IOException {
            return parent.attributes(name).lastModifiedTime();
        }

        @Override
        public void setModified(FileTime modified) throws IOException {
            parent.setModified(name, modified);
        }

        @Override
        public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
            parent.setPermissions(name, permissions);
        }

        @Override
        public void close() {
            parent.close();
        }
    }

    private static final class SecureDirectoryReader implements DirectoryReader {
        private final StreamedDirectory directory; // owned
        private final VirtualPath path;
        private final Removal removal;
        private final LeftOutNames leftOut;
        private final Iterator<Path> names;

        SecureDirectoryReader(
                StreamedDirectory directory,
                VirtualPath path,
                Removal removal,
                LeftOutNames leftOut) {
            this.directory = directory;
            this.path = path;
            this.removal = removal;
            this.leftOut = leftOut;
            this.names = directory.names();
        }

        @Override
        public @Nullable Entry next() throws StorageException {
            try {
                while (names.hasNext()) {
                    Path hostName = names.next().getFileName();
                    Entry entry = entryOf(hostName, hostName.toString());
                    if (entry != null) {
                        return entry;
                    }
                }
                return null;
            } catch (DirectoryIteratorException e) {
                throw Failures.of(path, Failures.causeOf(e));
            } catch (IOException e) {
                throw Failures.of(path, e);
            }
        }

        private @Nullable Entry entryOf(Path hostName, String name) throws IOException {
            boolean misread = ListedNames.mayBeMisread(name) && !Path.of(name).equals(hostName);
            if (misread || !ListedNames.isListed(name)) {
                leftOut.saw(misread ? "" : name);
                return null;
            }
            try {
                return toEntry(directory.attributes(hostName), name, removal);
            } catch (NoSuchFileException _) {
                return null; // vanished meanwhile
            }
        }

        @Override
        public void close() {
            directory.close();
            leftOut.tell(path);
        }
    }
}
