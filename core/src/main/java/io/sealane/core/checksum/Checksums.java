package io.sealane.core.checksum;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.wire.OctetRange;
import io.sealane.core.work.AbortedException;
import io.sealane.core.work.Places;
import io.sealane.core.work.StoredOctets;
import io.sealane.core.work.WorkProgress;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.VirtualPath;
import java.util.Optional;

/// Computes checksums of stored files, so many at once as the server allows, and remembers them.
/// One for the whole server; safe from any thread.
public final class Checksums {
    /// Most results remembered: those of a tree of that many files, in about 4 MiB.
    private static final int REMEMBERED_MAX = 10_000;

    private final Places places;
    private final StoredOctets stored;
    private final RememberedChecksums remembered = new RememberedChecksums(REMEMBERED_MAX);

    /// @param atOnceMax most computations at any moment. One for each processor is what the machine
    ///   has; with more of them each takes longer, and transfers suffer.
    public Checksums(int atOnceMax, BufferPool buffers) {
        this.places = new Places(atOnceMax);
        this.stored = new StoredOctets(buffers);
    }

    /// What is to be computed.
    ///
    /// @param owner whose store it is: names of files are unique within one store alone
    /// @param range need not be within the file
    public record Request(
            String owner,
            Storage storage,
            VirtualPath path,
            HashAlgorithm algorithm,
            OctetRange range,
            RangeRule rule) {
        public static Request whole(
                String owner, Storage storage, VirtualPath path, HashAlgorithm algorithm) {
            return new Request(
                    owner, storage, path, algorithm, OctetRange.WHOLE, RangeRule.CUT_TO_FILE);
        }

        /// The same of a part of the file.
        public Request of(OctetRange part, RangeRule meaning) {
            return new Request(owner, storage, path, algorithm, part, meaning);
        }
    }

    /// What a range that ends behind the end of the file means.
    public enum RangeRule {
        /// As much of it as there is.
        CUT_TO_FILE,
        EXACT
    }

    /// What came of it.
    public sealed interface Result {
        /// @param range what was summed up
        /// @param hexadecimal in lower case, all digits
        record Computed(OctetRange range, String hexadecimal) implements Result {}

        /// As many as may be are under way.
        record Busy() implements Result {}
    }

    /// Computes, unless the result is known. Blocks.
    ///
    /// @throws StorageException also `BAD_OFFSET` if the range is not in the file
    public Result compute(Request request, WorkProgress progress)
            throws StorageException, AbortedException {
        Optional<String> revision = request.storage().revision(request.path());
        // Security: opened in any case, so that a remembered checksum is told to those who may
        // read the file and nobody else.
        try (FileReader file = request.storage().openForRead(request.path())) {
            OctetRange range = rangeIn(request, file.size());
            Optional<RememberedChecksums.Key> key =
                    revision.map(known ->
                            new RememberedChecksums.Key(
                                    request.owner(), known, request.algorithm(), range));
            Optional<String> known = key.flatMap(remembered::find);
            if (known.isPresent()) {
                return new Result.Computed(range, known.get());
            }
            Optional<Places.Place> free = places.take();
            if (free.isEmpty()) {
                return new Result.Busy();
            }
            try (Places.Place _ = free.get()) {
                String computed = computed(file, range, request.algorithm(), progress);
                if (key.isPresent() && isStill(revision, request)) {
                    remembered.put(key.get(), computed);
                }
                return new Result.Computed(range, computed);
            }
        }
    }

    private String computed(
            FileReader file, OctetRange range, HashAlgorithm algorithm, WorkProgress progress)
            throws StorageException, AbortedException {
        HashAlgorithm.Computation computation = algorithm.begin();
        stored.read(file, range, progress, computation::update);
        return computation.hexadecimal();
    }

    /// Whether what was read is what is there now. One that was removed meanwhile is not.
    private static boolean isStill(Optional<String> revision, Request request) {
        try {
            return request.storage().revision(request.path()).equals(revision);
        } catch (StorageException removed) {
            return false;
        }
    }

    private static OctetRange rangeIn(Request request, long size) throws StorageException {
        OctetRange range = request.range();
        boolean fits =
                switch (request.rule()) {
                    case CUT_TO_FILE -> range.start() <= size;
                    case EXACT ->
                            range.start() <= size && (!range.isBounded() || range.end() <= size);
                };
        if (!fits) {
            throw new StorageException(Reason.BAD_OFFSET, range + " of " + size);
        }
        return range.within(size);
    }
}
