package io.sealane.vfs.local;

import io.sealane.vfs.Entry;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.Upload;
import io.sealane.vfs.local.LocalStorageOptions.Durability;
import io.sealane.vfs.local.Replacements.Replacement;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Bytes on their way to a hidden file beside their target. Belongs to one thread.
final class LocalUpload implements Upload {
    private static final System.Logger LOG = System.getLogger(LocalUpload.class.getName());

    /// Held while one that may take the place of a certain other alone looks for it and takes it,
    /// two calls long: of two that go on from the same one must find it changed. All others go
    /// without.
    private static final DirectoryLocks PUBLISHING = new DirectoryLocks();

    private final UploadTarget target; // its directory is owned
    private final LocalStorageOptions options;
    private final Source source;
    private final WorkFile file; // owned
    private final FileChannel channel; // the file's; its position is where the start is copied to
    private final Optional<CopiedStart> start; // owned
    private long position;
    private Optional<Set<PosixFilePermission>> permissionsWhenNew = Optional.empty();
    private boolean keepsNothingNew;

    /// Whether the system has lost some of what was written, and nobody knows what.
    private boolean isUnsound;

    private boolean isCut;
    private State state = State.RECEIVING;

    LocalUpload(UploadTarget target, LocalStorageOptions options, Source source, WorkFile file) {
        this(target, options, source, file, Optional.empty());
    }

    /// @param start what is to be copied to the beginning of `file`
    LocalUpload(
            UploadTarget target,
            LocalStorageOptions options,
            Source source,
            WorkFile file,
            Optional<CopiedStart> start) {
        this.target = target;
        this.options = options;
        this.source = source;
        this.file = file;
        this.channel = file.channel();
        this.start = start;
        this.position = source.start();
        this.isCut = !source.isClaimed();
    }

    @Override
    public long position() {
        return position;
    }

    /// What is kept if it breaks off, or if the process is killed, must not have a hole.
    @Override
    public boolean prepare() throws StorageException {
        return source.replacement().isEmpty() || advance();
    }

    @Override
    public void write(ByteBuffer bytes) throws StorageException {
        try {
            if (source.replacement().isPresent()) {
                copyStart();
            }
            cut();
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
        } catch (IOException e) {
            throw unwritten(e);
        }
        if (start.isPresent()) {
            advance();
        }
    }

    /// An append to a large file costs a copy of it, which must keep nobody waiting: neither for
    /// the preliminary reply, nor, as far as more comes than is to be copied, for the final one.
    @Override
    public boolean advance() throws StorageException {
        try {
            return start.isEmpty() || start.get().advance(channel);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Copies all of what [#advance] copies some of.
    private void copyStart() throws StorageException {
        try {
            while (!advance()) {
                // On to the next step.
            }
        } finally {
            start.ifPresent(CopiedStart::close);
        }
    }

    /// Cuts off what an older upload had beyond the place that this one goes on from. Once
    /// something comes: until then that one may be gone on from elsewhere, should this one be
    /// withdrawn.
    private void cut() throws IOException {
        if (!isCut) {
            channel.truncate(source.start());
            isCut = true;
        }
    }

    /// Security: from now on, so that nobody can read what comes who is not to read the whole.
    @Override
    public void setModeWhenNew(int mode) throws StorageException {
        permissionsWhenNew = Optional.of(Modes.fromBits(mode));
        try {
            Optional<Set<PosixFilePermission>> wanted = wanted(replaced());
            if (wanted.isPresent()) {
                file.setPermissions(Modes.whileWorkedOn(wanted.get()));
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void publish() throws StorageException {
        if (state != State.RECEIVING) {
            throw new IllegalStateException("publish after " + state);
        }
        OpenDirectory directory = target.directory();
        try {
            copyStart();
            cut();
            settle();
            finishWriting();
            move(directory);
        } catch (IOException e) {
            throw failed(e);
        }
        state = State.ENDED;
        source.replacement()
                .ifPresent(replaced -> {
                    // A partial of an older attempt must not be taken for a part of what is now
                    // published.
                    HiddenFiles.forget(directory, target.key());
                    replaced.published();
                    replaced.end();
                });
        if (options.durability() == Durability.FSYNC && !directory.force()) {
            forceName();
        }
        file.close();
        directory.close();
    }

    /// Some network file systems report failed writes only as the file is closed.
    private void finishWriting() throws StorageException {
        try {
            if (options.durability() == Durability.FSYNC) {
                channel.force(true);
            }
            channel.close();
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    /// File systems write a name with the file that has it, where nobody may open the directory.
    private void forceName() {
        try {
            file.force();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "name of an upload not synced cause={0}", e.getMessage());
        }
    }

    /// Gives it what it keeps of the file that it replaces.
    ///
    /// Security: permissions that are the group's go where the group cannot stay, unless everybody
    /// has them: they would be another group's.
    private void settle() throws IOException {
        Optional<PosixFileAttributes> replaced = replaced();
        boolean isGroupKept = replaced.isEmpty() || file.takeGroup(target.name());
        Optional<Set<PosixFilePermission>> wanted = wanted(replaced);
        if (wanted.isPresent()) {
            file.setPermissions(isGroupKept ? wanted.get() : Modes.withoutGroupsOwn(wanted.get()));
        }
        if (replaced.isPresent()) {
            file.takeOwner(target.name());
        }
    }

    private void move(OpenDirectory directory) throws IOException {
        if (!file.isAt(source.name())) {
            throw new StorageException(
                    Reason.BROKEN, "the upload to " + target.path() + " is not there any more");
        }
        if (source.base() instanceof Base.Anything) {
            directory.move(source.name(), directory, target.name());
            return;
        }
        try (DirectoryLocks.Held _ = PUBLISHING.lock(target.key().directory())) {
            if (!isStill(source.base(), directory.find(target.name()))) {
                discard();
                throw new StorageException(Reason.BUSY, target.path() + " changed meanwhile");
            }
            directory.move(source.name(), directory, target.name());
        }
    }

    private static boolean isStill(Base base, Optional<PosixFileAttributes> now) {
        return switch (base) {
            case Base.Anything() -> true;
            case Base.Nothing() -> now.isEmpty();
            case Base.Published(PosixFileAttributes then) ->
                    now.filter(there -> Objects.equals(there.fileKey(), then.fileKey()))
                            .filter(there -> there.size() == then.size())
                            .filter(there ->
                                    there.lastModifiedTime().equals(then.lastModifiedTime()))
                            .isPresent();
        };
    }

    @Override
    public boolean isSuperseded() {
        return source.replacement().filter(Replacement::isSuperseded).isPresent();
    }

    @Override
    public void invalidate() {
        keepsNothingNew = true;
    }

    @Override
    public void discard() {
        end(Keeping.NOTHING);
    }

    @Override
    public void withdraw() {
        end(source.isClaimed() ? Keeping.ALL : Keeping.NOTHING);
    }

    @Override
    public void close() {
        boolean came = position > source.start() && !keepsNothingNew;
        if (source.replacement().isEmpty() || isSuperseded()) {
            end(Keeping.NOTHING);
        } else if (isUnsound) {
            end(Keeping.THAT_IT_WAS);
        } else if (came) {
            end(Keeping.ALL);
        } else if (source.isClaimed()) {
            end(Keeping.START);
        } else {
            end(Keeping.THAT_IT_WAS);
        }
    }

    private void end(Keeping keeping) {
        if (state != State.RECEIVING) {
            return;
        }
        state = State.ENDED;
        switch (keeping) {
            case ALL -> keep();
            case START -> keepFirst(source.start());
            case THAT_IT_WAS -> {
                HiddenFiles.forget(target.directory(), target.key());
                if (isPublished()) {
                    keepFirst(0);
                } else {
                    deleteReceived();
                }
            }
            case NOTHING -> deleteReceived();
        }
        file.close();
        start.ifPresent(CopiedStart::close);
        source.replacement().ifPresent(Replacement::end);
        target.directory().close();
    }

    private boolean isPublished() {
        try {
            return target.directory().find(target.name()).isPresent();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "broken upload not remembered cause={0}", e.getMessage());
            return false;
        }
    }

    private StorageException failed(IOException cause) {
        StorageException failure = Failures.of(target.path(), cause);
        keepsNothingNew |= failure.reason().isLackOfRoom();
        return failure;
    }

    /// The same of what was written, or was to be. A system that has lost some of it says so once,
    /// and of nothing in particular.
    private StorageException unwritten(IOException cause) {
        StorageException failure = failed(cause);
        isUnsound |= failure.reason() == Reason.BROKEN;
        return failure;
    }

    /// A replaced file's permissions stay; a new file has those that were asked for, if any were.
    private Optional<Set<PosixFilePermission>> wanted(Optional<PosixFileAttributes> replaced) {
        return replaced.map(PosixFileAttributes::permissions).or(() -> permissionsWhenNew);
    }

    /// The file that it replaces, if it does.
    private Optional<PosixFileAttributes> replaced() throws IOException {
        return target.directory()
                .find(target.name())
                .filter(there -> OpenDirectory.kindOf(there) == Entry.Kind.FILE);
    }

    private void keepFirst(long bytes) {
        try {
            shorten(bytes);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "broken upload not shortened cause={0}", e.getMessage());
            deleteReceived();
            return;
        }
        keep();
    }

    private void shorten(long bytes) throws IOException {
        if (channel.isOpen()) {
            channel.truncate(bytes);
            return;
        }
        try (FileChannel again = target.directory().openForWrite(source.name())) {
            again.truncate(bytes);
        }
    }

    /// Keeps what there is, in place of what was kept of an older upload: whoever began anew does
    /// not go on from that.
    private void keep() {
        OpenDirectory directory = target.directory();
        try {
            if (!file.isAt(source.name())) {
                LOG.log(Level.WARNING, "broken upload not kept, another has its name");
                return;
            }
            FileTime now = FileTime.from(options.clock().instant());
            if (directory.attributes(source.name()).lastModifiedTime().compareTo(now) < 0) {
                file.setModified(now); // Its age begins with its end.
            }
            directory.move(source.name(), directory, target.partialName());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "broken upload not kept cause={0}", e.getMessage());
        }
    }

    private void deleteReceived() {
        try {
            target.directory().deleteFile(source.name());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "discarded upload not removed cause={0}", e.getMessage());
        }
    }

    /// What stays of one that is not published.
    private enum Keeping {
        /// What there is of it.
        ALL,
        /// What it went on from.
        START,
        /// Where something is published, an empty partial: its client may take what is published
        /// for the beginning of what it sent. Nothing of an older upload either way.
        THAT_IT_WAS,
        NOTHING
    }

    private enum State {
        RECEIVING,
        ENDED
    }

    /// What has to be published still, when an upload is to take its place.
    sealed interface Base {
        record Anything() implements Base {}

        /// It began the file, as an append may, or was to replace nothing.
        record Nothing() implements Base {}

        /// It goes on from a copy of it, or was to replace that alone.
        record Published(PosixFileAttributes attributes) implements Base {}
    }

    /// The hidden file that an upload writes to.
    ///
    /// @param start bytes in it at the beginning
    /// @param isClaimed whether they are of an older upload
    /// @param replacement empty if it only adds to the published file: if it breaks off, that file
    ///   is still what its client goes on from
    record Source(
            String name,
            long start,
            boolean isClaimed,
            Base base,
            Optional<Replacement> replacement) {}
}
