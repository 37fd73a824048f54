package io.sealane.vfs.memory;

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
import io.sealane.vfs.memory.MemoryUpload.Base;
import io.sealane.vfs.memory.MemoryUpload.Origin;
import io.sealane.vfs.memory.MemoryUpload.UploadPlace;
import io.sealane.vfs.memory.Node.DirectoryNode;
import io.sealane.vfs.memory.Node.FileNode;
import io.sealane.vfs.memory.Node.Partial;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Store files in memory. Everything that [Storage] promises holds, but nothing outlives the
/// object. All who use one instance share its kept partials. Permission bits count as they do for
/// the owner of everything. Safe from any thread.
public final class MemoryStorage implements Storage {
    private final MemoryStorageOptions options;

    /// Guards every field below and every [Node]. Nothing blocks while it is held; a listing copies
    /// its directory's names.
    private final ReentrantLock lock = new ReentrantLock();

    private long nodesMade;
    private long bytesUsed;
    private final DirectoryNode root;

    private MemoryStorage(MemoryStorageOptions options) {
        this.options = options;
        this.root = new DirectoryNode(nodesMade++, options.clock().instant());
    }

    public static MemoryStorage create() {
        return create(MemoryStorageOptions.DEFAULTS);
    }

    public static MemoryStorage create(MemoryStorageOptions options) {
        return new MemoryStorage(options);
    }

    @Override
    public StorageAbilities abilities() {
        return StorageAbilities.ALL;
    }

    @Override
    public Entry stat(VirtualPath path) throws StorageException {
        ReservedNames.requireVisible(path);
        lock.lock();
        try {
            return node(path).toEntry(path.name(), directory(path.parent()));
        } finally {
            lock.unlock();
        }
    }

    /// A file node keeps its content for life, and its number is not given out again.
    @Override
    public Optional<String> revision(VirtualPath file) throws StorageException {
        return Optional.of(stat(file).fileKey());
    }

    @Override
    public long partialSize(VirtualPath path) throws StorageException {
        ReservedNames.requireVisible(path);
        lock.lock();
        try {
            UploadPlace place = new UploadPlace(directory(path.parent()), path.name());
            if (isUnderWay(place)) {
                throw refuse(Reason.NOT_FOUND, path);
            }
            return partial(place.directory(), place.name())
                    .map(partial -> (long) partial.content().size())
                    .filter(size -> size > 0)
                    .orElseThrow(() -> refuse(Reason.NOT_FOUND, path));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isHalfReplaced(VirtualPath file) throws StorageException {
        ReservedNames.requireVisible(file);
        lock.lock();
        try {
            UploadPlace place = new UploadPlace(directory(file.parent()), file.name());
            return partial(place.directory(), place.name()).isPresent() || isUnderWay(place);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public DirectoryReader list(VirtualPath directory) throws StorageException {
        ReservedNames.requireVisible(directory);
        lock.lock();
        try {
            DirectoryNode listed = directory(directory);
            require(listed.isReadable() && listed.isEnterable(), directory);
            return new MemoryDirectoryReader(listed, List.copyOf(listed.children.keySet()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public FileReader openForRead(VirtualPath file) throws StorageException {
        ReservedNames.requireVisible(file);
        lock.lock();
        try {
            return switch (node(file)) {
                case FileNode found -> {
                    require(found.isReadable(), file);
                    yield new MemoryFileReader(found.content());
                }
                case DirectoryNode _ -> throw refuse(Reason.IS_A_DIRECTORY, file);
            };
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Upload openForWrite(VirtualPath file, Placement placement) throws StorageException {
        ReservedNames.requireCreatable(file);
        if (file.isRoot()) {
            throw refuse(Reason.IS_A_DIRECTORY, file);
        }
        lock.lock();
        try {
            DirectoryNode parent = directory(file.parent());
            require(parent.takesChanges(), file);
            Optional<Content> published =
                    switch (parent.children.get(file.name())) {
                        case null -> Optional.empty();
                        case FileNode there -> {
                            require(there.isWritable(), file);
                            yield Optional.of(there.content());
                        }
                        case DirectoryNode _ -> throw refuse(Reason.IS_A_DIRECTORY, file);
                    };
            UploadPlace place = new UploadPlace(parent, file.name());
            MemoryUpload upload =
                    switch (placement) {
                        case Placement.Replace() -> begin(place, new Base.Anything());
                        case Placement.ReplaceUnchanged() -> begin(place, found(published));
                        case Placement.Append() -> append(place, published);
                        case Placement.RestartAt(long offset) -> restart(place, published, offset);
                    };
            parent.uploads.add(upload);
            return upload;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void createDirectory(VirtualPath directory) throws StorageException {
        ReservedNames.requireCreatable(directory);
        lock.lock();
        try {
            DirectoryNode parent = directory(directory.parent());
            if (directory.isRoot() || parent.children.containsKey(directory.name())) {
                throw refuse(Reason.ALREADY_EXISTS, directory);
            }
            require(parent.takesChanges(), directory);
            Instant now = options.clock().instant();
            parent.children.put(directory.name(), new DirectoryNode(nodesMade++, now));
            parent.setModified(now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void removeDirectory(VirtualPath directory) throws StorageException {
        ReservedNames.requireVisible(directory);
        requireNotRoot(directory);
        lock.lock();
        try {
            DirectoryNode removed = directory(directory);
            if (!removed.children.isEmpty() || !removed.uploads.isEmpty()) {
                throw refuse(Reason.NOT_EMPTY, directory);
            }
            DirectoryNode parent = directory(directory.parent());
            require(parent.takesChanges(), directory);
            removed.partials.values().forEach(partial -> bytesUsed -= partial.content().size());
            removed.partials.clear();
            parent.children.remove(directory.name());
            parent.setModified(options.clock().instant());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void deleteFile(VirtualPath file) throws StorageException {
        ReservedNames.requireVisible(file);
        lock.lock();
        try {
            DirectoryNode parent = directory(file.parent());
            if (!parent.children.containsKey(file.name())
                    && partial(parent, file.name()).isPresent()) {
                require(parent.takesChanges(), file);
                forgetUploads(parent, file.name());
                return;
            }
            switch (node(file)) {
                case DirectoryNode _ -> throw refuse(Reason.IS_A_DIRECTORY, file);
                case FileNode found -> {
                    require(parent.takesChanges(), file);
                    parent.children.remove(file.name());
                    parent.setModified(options.clock().instant());
                    bytesUsed -= found.content().size();
                    forgetUploads(parent, file.name());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws StorageException {
        ReservedNames.requireVisible(from);
        ReservedNames.requireCreatable(to);
        requireNotRoot(from);
        lock.lock();
        try {
            Node moved = node(from);
            if (from.equals(to)) {
                return;
            }
            if (to.isRoot()) {
                throw refuse(Reason.ALREADY_EXISTS, to);
            }
            if (moved instanceof DirectoryNode && to.startsWith(from)) {
                throw refuse(Reason.NOT_PERMITTED, to);
            }
            DirectoryNode target = directory(to.parent());
            Node there = target.children.get(to.name());
            if (there != null
                    && (there instanceof DirectoryNode || moved instanceof DirectoryNode)) {
                throw refuse(Reason.ALREADY_EXISTS, to);
            }
            DirectoryNode source = directory(from.parent());
            require(source.takesChanges(), from);
            require(target.takesChanges(), to);
            if (there instanceof FileNode replaced) {
                bytesUsed -= replaced.content().size();
            }
            source.children.remove(from.name());
            target.children.put(to.name(), moved);
            forgetUploads(source, from.name());
            forgetUploads(target, to.name());
            Instant now = options.clock().instant();
            source.setModified(now);
            target.setModified(now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void setModified(VirtualPath path, Instant modified) throws StorageException {
        ReservedNames.requireVisible(path);
        lock.lock();
        try {
            node(path).setModified(modified);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long bytesAvailable(VirtualPath directory) throws StorageException {
        ReservedNames.requireVisible(directory);
        lock.lock();
        try {
            directory(directory);
            return options.bytesMax() - bytesUsed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void setMode(VirtualPath path, int mode) throws StorageException {
        ReservedNames.requireVisible(path);
        lock.lock();
        try {
            node(path).setMode(mode);
        } finally {
            lock.unlock();
        }
    }

    /// Counts bytes that an upload is about to hold.
    void reserve(long count) throws StorageException {
        lock.lock();
        try {
            if (count > options.bytesMax() - bytesUsed) {
                throw new StorageException(
                        Reason.STORE_FULL, options.bytesMax() + " bytes at most");
            }
            bytesUsed += count;
        } finally {
            lock.unlock();
        }
    }

    /// Takes back a reservation of bytes that no upload holds any more.
    void release(long count) {
        lock.lock();
        try {
            bytesUsed -= count;
        } finally {
            lock.unlock();
        }
    }

    /// Ends an upload by making `content` visible; what it went on from has to be published still,
    /// and its partial is superseded.
    void publish(MemoryUpload upload, Content content, int modeWhenNew) throws StorageException {
        lock.lock();
        try {
            UploadPlace place = upload.place();
            DirectoryNode directory = place.directory();
            if (!isStill(upload.base(), place)) {
                throw new StorageException(Reason.BUSY, place.name() + " changed meanwhile");
            }
            int mode =
                    switch (directory.children.get(place.name())) {
                        case null -> modeWhenNew;
                        case FileNode replaced -> {
                            bytesUsed -= replaced.content().size();
                            yield replaced.mode();
                        }
                        case DirectoryNode _ ->
                                throw new StorageException(Reason.IS_A_DIRECTORY, place.name());
                    };
            Instant now = options.clock().instant();
            directory.children.put(place.name(), new FileNode(nodesMade++, now, mode, content));
            directory.setModified(now);
            directory.uploads.remove(upload);
            if (upload.isReplacement()) {
                supersede(place, upload.number());
                forgetPartial(directory, place.name());
            }
        } finally {
            lock.unlock();
        }
    }

    /// Says that the owner has done with uploads to `place` that began before `number`.
    private static void supersede(UploadPlace place, long number) {
        place.directory().uploads.stream()
                .filter(older -> older.place().equals(place) && older.number() < number)
                .forEach(MemoryUpload::supersede);
    }

    private static boolean isStill(Base base, UploadPlace place) {
        Node there = place.directory().children.get(place.name());
        return switch (base) {
            case Base.Anything() -> true;
            case Base.Nothing() -> there == null;
            case Base.Published(Content content) ->
                    there instanceof FileNode file && file.content() == content;
        };
    }

    /// Ends an upload by keeping `content` for its uploader, in place of what was kept of an older
    /// one; if it is empty, only where something is published.
    void keep(MemoryUpload upload, Content content) {
        lock.lock();
        try {
            DirectoryNode directory = upload.place().directory();
            String name = upload.place().name();
            directory.uploads.remove(upload);
            forgetPartial(directory, name);
            if (content.size() > 0 || directory.children.containsKey(name)) {
                directory.partials.put(
                        name, new Partial(content, options.clock().instant(), nodesMade));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends an upload that held `count` bytes.
    void discard(MemoryUpload upload, long count) {
        lock.lock();
        try {
            upload.place().directory().uploads.remove(upload);
            bytesUsed -= count;
        } finally {
            lock.unlock();
        }
    }

    private MemoryUpload append(UploadPlace place, Optional<Content> published)
            throws StorageException {
        requireNotUnderWay(place);
        if (published.isPresent()) {
            if (partial(place.directory(), place.name()).isPresent()) {
                throw new StorageException(Reason.HALF_REPLACED, "an append to " + place.name());
            }
            return goOn(place, published.get(), published.get().size());
        }
        Base nothing = new Base.Nothing();
        Optional<MemoryUpload> claimed = claim(place, 0, Content.BYTES_MAX, nothing);
        return claimed.isPresent() ? claimed.get() : begin(place, nothing);
    }

    private MemoryUpload restart(UploadPlace place, Optional<Content> published, long offset)
            throws StorageException {
        if (offset == 0) {
            return begin(place, new Base.Anything());
        }
        requireNotUnderWay(place);
        Optional<Partial> partial = partial(place.directory(), place.name());
        if (partial.isPresent()) {
            Node there = place.directory().children.get(place.name());
            if (there != null && there.number() >= partial.get().number()) {
                throw new StorageException(Reason.BAD_OFFSET, "replaced by someone else since");
            }
            return claim(place, offset, offset, new Base.Anything())
                    .orElseThrow(() ->
                            new StorageException(
                                    Reason.BAD_OFFSET, offset + " is beyond what is kept"));
        }
        if (published.isEmpty() || published.get().size() < offset) {
            throw new StorageException(Reason.BAD_OFFSET, offset + " is beyond the end");
        }
        return goOn(place, published.get(), (int) offset);
    }

    private static void requireNotUnderWay(UploadPlace place) throws StorageException {
        if (isUnderWay(place)) {
            throw new StorageException(Reason.BUSY, place.name() + " is being uploaded");
        }
    }

    private static boolean isUnderWay(UploadPlace place) {
        return place.directory().uploads.stream()
                .anyMatch(upload -> upload.isReplacement() && upload.place().equals(place));
    }

    /// Begins with a copy of the first `count` bytes of `content`.
    private MemoryUpload goOn(UploadPlace place, Content content, int count)
            throws StorageException {
        reserve(count);
        return new MemoryUpload(
                this,
                place,
                Origin.BEGUN,
                content.copyOfFirst(count),
                count,
                new Base.Published(content));
    }

    private static Base found(Optional<Content> published) {
        return published.<Base>map(Base.Published::new).orElseGet(Base.Nothing::new);
    }

    private MemoryUpload begin(UploadPlace place, Base base) {
        return new MemoryUpload(this, place, Origin.BEGUN, new byte[0], 0, base);
    }

    /// A number greater than all that were given out.
    long nextNumber() {
        lock.lock();
        try {
            return nodesMade++;
        } finally {
            lock.unlock();
        }
    }

    /// Takes the kept partial if it has `bytesMin` bytes, to go on from `bytesMax` at most.
    private Optional<MemoryUpload> claim(
            UploadPlace place, long bytesMin, long bytesMax, Base base) {
        Optional<Content> kept =
                partial(place.directory(), place.name())
                        .map(Partial::content)
                        .filter(content -> content.size() >= bytesMin);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        place.directory().partials.remove(place.name());
        int start = (int) Math.min(kept.get().size(), bytesMax);
        byte[] whole = kept.get().copyOfFirst(kept.get().size());
        return Optional.of(new MemoryUpload(this, place, Origin.CLAIMED, whole, start, base));
    }

    private Optional<Partial> partial(DirectoryNode directory, String name) {
        Partial partial = directory.partials.get(name);
        if (partial == null) {
            return Optional.empty();
        }
        if (partial.since().plus(options.partialKeptFor()).isBefore(options.clock().instant())) {
            forgetPartial(directory, name);
            return Optional.empty();
        }
        return Optional.of(partial);
    }

    private void forgetUploads(DirectoryNode directory, String name) {
        supersede(new UploadPlace(directory, name), nodesMade);
        forgetPartial(directory, name);
    }

    private void forgetPartial(DirectoryNode directory, String name) {
        Partial forgotten = directory.partials.remove(name);
        if (forgotten != null) {
            bytesUsed -= forgotten.content().size();
        }
    }

    private Node node(VirtualPath path) throws StorageException {
        if (path.isRoot()) {
            return root;
        }
        DirectoryNode parent = directory(path.parent());
        require(parent.isEnterable(), path);
        Node found = parent.children.get(path.name());
        if (found == null) {
            throw refuse(Reason.NOT_FOUND, path);
        }
        return found;
    }

    private DirectoryNode directory(VirtualPath path) throws StorageException {
        DirectoryNode directory = root;
        for (String name : path.names()) {
            require(directory.isEnterable(), path);
            directory =
                    switch (directory.children.get(name)) {
                        case null -> throw refuse(Reason.NOT_FOUND, path);
                        case FileNode _ -> throw refuse(Reason.NOT_A_DIRECTORY, path);
                        case DirectoryNode below -> below;
                    };
        }
        return directory;
    }

    private static void requireNotRoot(VirtualPath path) throws StorageException {
        if (path.isRoot()) {
            throw refuse(Reason.NOT_PERMITTED, path);
        }
    }

    private static void require(boolean allowed, VirtualPath path) throws StorageException {
        if (!allowed) {
            throw refuse(Reason.NOT_PERMITTED, path);
        }
    }

    private static StorageException refuse(Reason reason, VirtualPath path) {
        return new StorageException(reason, path + ": " + reason);
    }

    /// Shows the names that were there at the beginning, as far as they still are.
    private final class MemoryDirectoryReader implements DirectoryReader {
        private final DirectoryNode directory;
        private final Iterator<String> names;

        MemoryDirectoryReader(DirectoryNode directory, List<String> names) {
            this.directory = directory;
            this.names = names.iterator();
        }

        @Override
        public @Nullable Entry next() {
            lock.lock();
            try {
                while (names.hasNext()) {
                    String name = names.next();
                    Node node = directory.children.get(name);
                    if (node != null) {
                        return node.toEntry(name, directory);
                    }
                }
                return null;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {}
    }
}
