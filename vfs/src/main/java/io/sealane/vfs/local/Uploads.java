package io.sealane.vfs.local;

import io.sealane.vfs.Placement;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.local.LocalUpload.Base;
import io.sealane.vfs.local.LocalUpload.Source;
import io.sealane.vfs.local.Replacements.Replacement;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/// Begins uploads: finds or makes the hidden file that the bytes go to. Safe from any thread.
///
/// A partial is claimed by renaming it to a name of the claimer's own, so of two sessions that want
/// to continue it one gets it. Whatever fails in here leaves the directory as it was.
///
/// Where an owner's replacement of a published file broke off, what the owner's client takes for
/// the place to go on from may be of the old content or of the new one: nothing is put behind
/// either but what can only be meant for it.
final class Uploads {
    private static final int NEW_MODE = 0666;

    private final LocalStorageOptions options;
    private final HiddenFiles hidden;

    Uploads(LocalStorageOptions options, HiddenFiles hidden) {
        this.options = options;
        this.hidden = hidden;
    }

    /// Begins an upload that takes over `directory` if no exception is thrown.
    LocalUpload begin(UploadTarget target, Placement placement) throws IOException {
        return switch (placement) {
            case Placement.Replace() -> fresh(target, new Base.Anything());
            case Placement.ReplaceUnchanged() -> fresh(target, found(target));
            case Placement.Append() -> append(target);
            case Placement.RestartAt(long offset) ->
                    offset == 0 ? fresh(target, new Base.Anything()) : restart(target, offset);
        };
    }

    private static Base found(UploadTarget target) {
        return target.published().<Base>map(Base.Published::new).orElseGet(Base.Nothing::new);
    }

    private LocalUpload fresh(UploadTarget target, Base base) throws IOException {
        Replacement replacement = Replacements.begin(target.key());
        try {
            Begun begun = create(target, Optional.of(replacement));
            return new LocalUpload(
                    target,
                    options,
                    new Source(begun.name(), 0, false, base, Optional.of(replacement)),
                    begun.file());
        } catch (IOException | RuntimeException | Error e) {
            replacement.end();
            throw e;
        }
    }

    private LocalUpload append(UploadTarget target) throws IOException {
        Optional<PosixFileAttributes> partial =
                hidden.findPartial(target.directory(), target.name());
        requireNotUnderWay(target);
        Optional<PosixFileAttributes> published = target.directory().find(target.name());
        if (published.isPresent()) {
            if (partial.isPresent()) {
                throw new StorageException(
                        Reason.HALF_REPLACED, "an append to " + target.path() + ", half replaced");
            }
            return copied(target, published.get().size());
        }
        Base nothing = new Base.Nothing();
        Optional<LocalUpload> claimed = claim(target, new Claim(0, Long.MAX_VALUE, nothing));
        return claimed.isPresent() ? claimed.get() : fresh(target, nothing);
    }

    private LocalUpload restart(UploadTarget target, long offset) throws IOException {
        Optional<PosixFileAttributes> partial =
                hidden.findPartial(target.directory(), target.name());
        requireNotUnderWay(target);
        Optional<PosixFileAttributes> published = target.directory().find(target.name());
        if (partial.isPresent()) {
            return restartPartial(target, offset, partial.get(), published);
        }
        if (published.isEmpty() || published.get().size() < offset) {
            throw new StorageException(Reason.BAD_OFFSET, offset + " is beyond what is there");
        }
        return copied(target, offset);
    }

    private LocalUpload restartPartial(
            UploadTarget target,
            long offset,
            PosixFileAttributes partial,
            Optional<PosixFileAttributes> published)
            throws IOException {
        if (published.filter(other -> HiddenFiles.isOvertaken(partial, other)).isPresent()) {
            throw new StorageException(Reason.BAD_OFFSET, "replaced by someone else since");
        }
        return claim(target, new Claim(offset, offset, new Base.Anything()))
                .orElseThrow(() ->
                        new StorageException(
                                Reason.BAD_OFFSET, offset + " is beyond what is kept"));
    }

    private void requireNotUnderWay(UploadTarget target) throws IOException {
        if (hidden.isUnderWay(target.directory(), target.key(), target.name())) {
            throw new StorageException(Reason.BUSY, target.path() + " is being uploaded");
        }
    }

    /// What is wanted of a kept partial: `bytesMin` bytes at least, and `bytesMax` at most.
    private record Claim(long bytesMin, long bytesMax, Base base) {}

    /// Takes the kept partial if it has enough bytes. What is too much is cut off once something
    /// comes.
    private Optional<LocalUpload> claim(UploadTarget target, Claim claim) throws IOException {
        OpenDirectory directory = target.directory();
        Optional<PosixFileAttributes> partial = hidden.findPartial(directory, target.name());
        if (partial.isEmpty() || partial.get().size() < claim.bytesMin()) {
            return Optional.empty();
        }
        Replacement replacement = Replacements.begin(target.key());
        try {
            String name = name(target, replacement);
            Optional<LocalUpload> claimed = Optional.empty();
            if (isTaken(target, name)) {
                claimed = continued(target, name, claim, replacement);
            }
            if (claimed.isEmpty()) {
                replacement.end();
            }
            return claimed;
        } catch (IOException | RuntimeException | Error e) {
            replacement.end();
            throw e;
        }
    }

    private static boolean isTaken(UploadTarget target, String name) throws IOException {
        try {
            target.directory().move(target.partialName(), target.directory(), name);
            return true;
        } catch (NoSuchFileException _) {
            return false; // another session was faster
        }
    }

    private Optional<LocalUpload> continued(
            UploadTarget target, String name, Claim claim, Replacement replacement)
            throws IOException {
        OpenDirectory directory = target.directory();
        WorkFile file = null;
        try {
            file = directory.resume(name);
            long size = file.channel().size();
            if (size < claim.bytesMin()) { // not the partial that was looked at
                file.close();
                directory.move(name, directory, target.partialName());
                return Optional.empty();
            }
            long start = Math.min(size, claim.bytesMax());
            if (target.published().isPresent()) { // Which may have changed since.
                file.setPermissions(Modes.whileWorkedOn(target.published().get().permissions()));
            }
            hidden.touch(file);
            LeftUploads.lock(file);
            return Optional.of(
                    new LocalUpload(
                            target,
                            options,
                            new Source(name, start, true, claim.base(), Optional.of(replacement)),
                            file));
        } catch (IOException | RuntimeException | Error e) {
            if (file != null) {
                file.close();
            }
            Closing.undo(e, () -> directory.move(name, directory, target.partialName()));
            throw e;
        }
    }

    /// Starts from a copy of the published file's first bytes. Where all of it is to stay, nothing
    /// is kept if the upload breaks off, and the copy is made while it is under way; else before
    /// anything comes.
    private LocalUpload copied(UploadTarget target, long count) throws IOException {
        PosixFileAttributes before = target.directory().attributes(target.name());
        if (before.size() == count) {
            return copied(target, count, before, Optional.empty());
        }
        Replacement replacement = Replacements.begin(target.key());
        try {
            return copied(target, count, before, Optional.of(replacement));
        } catch (IOException | RuntimeException | Error e) {
            replacement.end();
            throw e;
        }
    }

    private LocalUpload copied(
            UploadTarget target,
            long count,
            PosixFileAttributes before,
            Optional<Replacement> replacement)
            throws IOException {
        OpenDirectory directory = target.directory();
        Begun begun = create(target, replacement);
        try {
            CopiedStart start = new CopiedStart(directory.openForRead(target.name()), count);
            Source source =
                    new Source(begun.name(), count, false, new Base.Published(before), replacement);
            return new LocalUpload(target, options, source, begun.file(), Optional.of(start));
        } catch (IOException | RuntimeException | Error e) {
            begun.file().close();
            Closing.undo(e, () -> directory.deleteFile(begun.name()));
            throw e;
        }
    }

    /// Makes the hidden file of an upload.
    private Begun create(UploadTarget target, Optional<Replacement> replacement)
            throws IOException {
        if (replacement.isPresent()) {
            String name = name(target, replacement.get());
            try {
                return new Begun(name, LeftUploads.lock(make(name, target)));
            } catch (IOException failed) {
                if (Failures.reasonOf(failed) != Reason.ALREADY_EXISTS) { // another's, by now
                    throw failed;
                }
            }
        }
        String name = HiddenFiles.newName(HiddenFiles.UPLOAD_SUFFIX);
        return new Begun(name, LeftUploads.lock(make(name, target)));
    }

    /// Security: what replaces a file that others must not read is not theirs to read either, also
    /// not while it comes, or when it broke off.
    private static WorkFile make(String name, UploadTarget target) throws IOException {
        int mode =
                target.published()
                        .map(there -> Modes.toBits(Modes.whileWorkedOn(there.permissions())))
                        .orElse(NEW_MODE);
        return target.directory().create(name, mode);
    }

    /// The name by which what is left can be found, should this process be killed; one that is free
    /// where another upload has that name.
    private String name(UploadTarget target, Replacement replacement) throws IOException {
        String name = target.key().uploadName();
        boolean isFree =
                replacement.isAlone()
                        && LeftUploads.isNameFree(target.directory(), target.key(), target.name());
        return isFree ? name : HiddenFiles.newName(HiddenFiles.UPLOAD_SUFFIX);
    }

    private record Begun(String name, WorkFile file) {}
}
