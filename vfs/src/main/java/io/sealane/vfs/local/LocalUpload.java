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
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Bytes on their way to a hidden file beside their target. Belongs to one thread.
final class LocalUpload implements Upload {
    private static final System.Logger LOG = System.getLogger(LocalUpload.class.getName());

    /// Held while one that goes on from a published file looks for it and takes its place, two
    /// calls long: of two that go on from the same one must find it changed.
    private static final ReentrantLock PUBLISHING_COPY = new ReentrantLock();

    private final UploadTarget target; // its directory is owned
    private final Durability durability;
    private final Source source;
    private final FileChannel channel; // owned
    private long position;
    private Optional<Set<PosixFilePermission>> permissionsWhenNew = Optional.empty();
    private boolean lacksRoom;
    private State state = State.RECEIVING;

    LocalUpload(UploadTarget target, Durability durability, Source source, FileChannel channel) {
        this.target = target;
        this.durability = durability;
        this.source = source;
        this.channel = channel;
        this.position = source.start();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void write(ByteBuffer bytes) throws StorageException {
        try {
            while (bytes.hasRemaining()) {
                position += channel.write(bytes);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void setModeWhenNew(int mode) {
        permissionsWhenNew = Optional.of(Modes.fromBits(mode));
    }

    @Override
    public void publish() throws StorageException {
        if (state != State.RECEIVING) {
            throw new IllegalStateException("publish after " + state);
        }
        OpenDirectory directory = target.directory();
        try {
            setMode();
            if (durability == Durability.FSYNC) {
                channel.force(true);
            }
            channel.close(); // Some network file systems report failed writes only here.
            move(directory);
        } catch (IOException e) {
            throw failed(e);
        }
        state = State.ENDED;
        // A partial of an older attempt must not be taken for a part of what is now published.
        HiddenFiles.forget(directory, target.key());
        source.replacement().ifPresent(Replacement::end);
        if (durability == Durability.FSYNC) {
            directory.force();
        }
        directory.close();
    }

    private void move(OpenDirectory directory) throws IOException {
        if (source.copied().isEmpty()) {
            directory.move(source.name(), directory, target.name());
            return;
        }
        PUBLISHING_COPY.lock();
        try {
            if (!isStill(source.copied().get(), directory.find(target.name()))) {
                discard();
                throw new StorageException(
                        Reason.BUSY, target.path() + " changed while it was gone on from");
            }
            directory.move(source.name(), directory, target.name());
        } finally {
            PUBLISHING_COPY.unlock();
        }
    }

    private static boolean isStill(PosixFileAttributes then, Optional<PosixFileAttributes> now) {
        return now.filter(there -> Objects.equals(there.fileKey(), then.fileKey()))
                .filter(there -> there.size() == then.size())
                .filter(there -> there.lastModifiedTime().equals(then.lastModifiedTime()))
                .isPresent();
    }

    @Override
    public void discard() {
        end(false);
    }

    @Override
    public void withdraw() {
        end(source.isClaimed());
    }

    @Override
    public void close() {
        if (state == State.RECEIVING) {
            if (lacksRoom) {
                giveBackReceived();
            }
            boolean came = position > source.start() && !lacksRoom;
            boolean counts = source.replacement().filter(own -> !own.isSuperseded()).isPresent();
            end(counts && (came || source.isClaimed() || isFirstToBreakOff()));
        }
    }

    private void end(boolean keeps) {
        if (state == State.RECEIVING) {
            state = State.ENDED;
            Closing.quietly(channel);
            if (keeps) {
                keepReceived();
            } else {
                deleteReceived();
            }
            source.replacement().ifPresent(Replacement::end);
            target.directory().close();
        }
    }

    /// Whether an empty partial has to say that its owner's client may take what is published for
    /// the beginning of what it sent.
    private boolean isFirstToBreakOff() {
        OpenDirectory directory = target.directory();
        try {
            return directory.find(target.name()).isPresent()
                    && directory.find(target.partialName()).isEmpty();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "broken upload not remembered cause={0}", e.getMessage());
            return false;
        }
    }

    private StorageException failed(IOException cause) {
        StorageException failure = Failures.of(target.path(), cause);
        lacksRoom |= failure.reason().isLackOfRoom();
        return failure;
    }

    /// A replaced file's permissions stay; a new file has those that were asked for, if any were.
    private void setMode() throws IOException {
        Optional<Set<PosixFilePermission>> kept =
                target.directory()
                        .find(target.name())
                        .filter(there -> OpenDirectory.kindOf(there) == Entry.Kind.FILE)
                        .map(PosixFileAttributes::permissions);
        Optional<Set<PosixFilePermission>> wanted = kept.or(() -> permissionsWhenNew);
        if (wanted.isPresent()) {
            target.directory().setPermissions(source.name(), wanted.get());
        }
    }

    private void giveBackReceived() {
        try {
            channel.truncate(source.isClaimed() ? source.start() : 0);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "broken upload not shortened cause={0}", e.getMessage());
        }
    }

    private void keepReceived() {
        try {
            target.directory().move(source.name(), target.directory(), target.partialName());
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

    private enum State {
        RECEIVING,
        ENDED
    }

    /// The hidden file that an upload writes to.
    ///
    /// @param start bytes in it at the beginning
    /// @param copied the published file that it begins with, if any
    /// @param replacement empty if it only adds to that file: if it breaks off, the file is still
    ///   what its client goes on from
    record Source(
            String name,
            long start,
            Origin origin,
            Optional<PosixFileAttributes> copied,
            Optional<Replacement> replacement) {
        enum Origin {
            BEGUN,
            COPIED,
            CLAIMED
        }

        static Source begun(String name, Replacement replacement) {
            return new Source(name, 0, Origin.BEGUN, Optional.empty(), Optional.of(replacement));
        }

        static Source copied(
                String name,
                long start,
                PosixFileAttributes published,
                Optional<Replacement> replacement) {
            return new Source(name, start, Origin.COPIED, Optional.of(published), replacement);
        }

        static Source claimed(String name, long start, Replacement replacement) {
            return new Source(
                    name, start, Origin.CLAIMED, Optional.empty(), Optional.of(replacement));
        }

        boolean isClaimed() {
            return origin == Origin.CLAIMED;
        }
    }
}
