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
    /// from.
    void broken() {
        Tree tree = actor.model().tree;
        boolean claimed = origin() == Origin.CLAIMED;
        boolean isRemembered = tree.content(path).isPresent() && tree.partial(path).isEmpty();
        byte[] most = content();
        int least = upload.beginning().beginning().length + (claimed || isRemembered ? 0 : 1);
        Optional<byte[]> old = claimed ? Optional.empty() : tree.partial(path);
        OptionalLong kept = actor.store().partialSize(path);
        boolean mayBeOld =
                !claimed && old.map(bytes -> (long) bytes.length).orElse(-1L) == kept.orElse(-1);
        boolean mayBeNew =
                origin() != Origin.ADDED
                        && kept.isPresent()
                        && kept.getAsLong() >= least
                        && kept.getAsLong() <= most.length;
        if (mayBeOld && mayBeNew) {
            actor.store().forgetPartial(path, kept.getAsLong());
            actor.become(actor.model().with(tree.withPartial(path, Optional.empty())));
        } else if (mayBeNew) {
            byte[] prefix = Arrays.copyOf(most, (int) kept.getAsLong());
            actor.become(actor.model().with(tree.withPartial(path, Optional.of(prefix))));
        } else if (!mayBeOld) {
            throw new AssertionError(
                    kept + " kept of " + path + ", may be " + least + " to " + most.length);
        }
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
