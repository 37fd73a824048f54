package io.sealane.core.session;

import io.sealane.core.data.DataOffer;
import io.sealane.core.tls.EffectivePolicy;
import io.sealane.core.transfer.TransferPlan;
import io.sealane.core.wire.Reply;
import io.sealane.core.work.Work;

/// What a command leads to. Handlers decide, the session acts: it alone writes replies, so each
/// command has at most one preliminary reply and exactly one final reply.
public sealed interface Outcome {
    /// Where the session stands afterwards.
    SessionState state();

    /// A final reply.
    record Said(Reply reply, SessionState state) implements Outcome {}

    /// A transfer: the preliminary reply when it is ready, the final one when it ended.
    ///
    /// @param path what moves, for replies and the log
    /// @param policy of TLS, for this path
    record Moved(
            TransferPlan plan,
            DataOffer offer,
            String path,
            EffectivePolicy policy,
            SessionState state)
            implements Outcome {}

    /// Work that may take long: its final reply when it ended, no preliminary one.
    ///
    /// @param path what it works on, for STAT
    record Worked(Work work, String path, SessionState state) implements Outcome {}

    /// A final reply, and then the TLS handshake of the control connection.
    record Secured(Reply reply, SessionState state) implements Outcome {}

    /// A final reply, the last one under TLS, and then the end of TLS on the control connection.
    record Cleared(Reply reply, SessionState state) implements Outcome {}

    /// What runs is to end; its own final reply comes first.
    record Aborted(SessionState state) implements Outcome {}

    /// The session and what it runs are to be described.
    record Described(SessionState state) implements Outcome {}

    /// A last reply, and the end of the session.
    record Left(Reply reply, Ending ending, SessionState state) implements Outcome {}

    static Outcome say(Reply reply, SessionState state) {
        return new Said(reply, state);
    }
}
