package io.sealane.conformance.model;

import io.sealane.conformance.model.Tree.Origin;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// What an upload leaves behind, once it has ended.
///
/// @param moved bytes handed to the data connection
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record Deposit(Actor actor, Cargo.Upload upload, String path, byte[] moved) {
    /// The model with the whole of it published.
    Model in(Model before) {
        return before.with(before.tree.published(path, content()));
    }

    /// 226 was said.
    ///
    /// @param nothingWaits whether no later command can have touched the file yet
    void published(boolean nothingWaits) {
        actor.countUpload();
        actor.become(in(actor.model()));
        if (nothingWaits && !Arrays.equals(content(), actor.store().content(path).orElse(null))) {
            throw new AssertionError("226 was said, but " + path + " holds something else");
        }
    }

    /// It broke off, and has changed no file; what came of it, if anything did, can be gone on
    /// from. Where its client had no way to send anything, what an older one left is still there.
    void broken() {
        Tree tree = actor.model().tree;
        OptionalLong kept = actor.store().kept(path);
        boolean isOld =
                origin() != Origin.CLAIMED
                        && kept.equals(
                                tree.partial(path).stream()
                                        .mapToLong(bytes -> bytes.length)
                                        .findFirst());
        if (isOld && mayBe(kept, tree) && kept.orElse(0) > 0) {
            actor.store().forgetPartial(path, kept.getAsLong());
            actor.become(actor.model().with(tree.withPartial(path, Optional.empty())));
        } else if (mayBe(kept, tree)) {
            Optional<byte[]> left =
                    kept.isPresent()
                            ? Optional.of(Arrays.copyOf(content(), (int) kept.getAsLong()))
                            : Optional.empty();
            actor.become(actor.model().with(tree.withPartial(path, left)));
        } else if (!isOld) {
            throw new AssertionError(kept + " kept of " + path + ", " + content().length + " sent");
        }
    }

    /// Whether that may be kept of this upload.
    private boolean mayBe(OptionalLong kept, Tree tree) {
        boolean isPublished = tree.content(path).isPresent();
        long least = isPublished ? 0 : 1;
        return switch (origin()) {
            case ADDED -> false;
            case CLAIMED ->
                    kept.isPresent() && isWithin(kept, upload.beginning().beginning().length);
            case COPIED, BEGUN -> kept.isPresent() ? isWithin(kept, least) : !isPublished;
        };
    }

    private boolean isWithin(OptionalLong kept, long least) {
        return kept.getAsLong() >= least && kept.getAsLong() <= content().length;
    }

    /// All that was sent came, though not its end.
    void requireKeptWhole() {
        OptionalLong kept = actor.store().partialSize(path);
        if (moved.length > 0 && origin() != Origin.ADDED && kept.orElse(-1) != content().length) {
            throw new AssertionError(
                    kept + " kept of " + path + ", but " + content().length + " came");
        }
    }

    private Origin origin() {
        return upload.beginning().origin();
    }

    private byte[] content() {
        byte[] beginning = upload.beginning().beginning();
        byte[] rest = Ascii.toStore(moved, upload.type());
        byte[] all = Arrays.copyOf(beginning, beginning.length + rest.length);
        System.arraycopy(rest, 0, all, beginning.length, rest.length);
        return all;
    }
}
