package io.sealane.core.session;

import io.sealane.core.session.CommandHandler.Occupation;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.ControlLine;
import java.util.Optional;

/// The transfer or work that a session runs, one at a time, and what has to wait for it. Belongs to
/// whoever has the turn.
final class CurrentRun {
    /// What is to happen once it has ended.
    enum Intent {
        GO_ON,
        ANSWER_ABOR,
        /// Nobody is there to be answered.
        END
    }

    /// The preliminary reply of a transfer; of a work, which has none, the final one.
    private enum FirstReply {
        DUE,
        SAID
    }

    private Optional<Running> running = Optional.empty();
    private FirstReply firstReply = FirstReply.SAID;
    private Intent afterwards = Intent.GO_ON;

    boolean isThere() {
        return running.isPresent();
    }

    Occupation occupation() {
        return isThere() ? Occupation.RUNNING : Occupation.NONE;
    }

    /// What runs, for those who describe it.
    Optional<Running> running() {
        return running;
    }

    void begin(Running next) {
        firstReply = FirstReply.DUE;
        running = Optional.of(next);
    }

    void firstReplySaid() {
        firstReply = FirstReply.SAID;
    }

    /// Whether a line has to wait. Clients that send ahead tell replies apart by their order, so
    /// nothing is answered ahead of the first reply, but for what asks how a work goes on.
    boolean holdsUp(ControlLine line) {
        if (!isThere()) {
            return false;
        }
        if (afterwards == Intent.ANSWER_ABOR) {
            return true;
        }
        boolean isFirstReplyDue = firstReply == FirstReply.DUE;
        return switch (line) {
            case ControlLine.Command(CommandLine command) ->
                    switch (command.verb().duringTransfer()) {
                        case AT_ONCE -> false;
                        case SERVED -> isFirstReplyDue && !isWork();
                        case HELD -> true;
                    };
            case ControlLine.Unknown(String verb) -> isFirstReplyDue;
            case ControlLine.Malformed(ControlLine.Fault fault) -> isFirstReplyDue;
            case ControlLine.ClientHello() -> isFirstReplyDue;
            case ControlLine.HttpRequest() -> isFirstReplyDue;
            case ControlLine.Empty() -> false;
        };
    }

    private boolean isWork() {
        return running.filter(Running.Working.class::isInstance).isPresent();
    }

    /// Ends it from outside, if it is there; its end is told all the same.
    void abort() {
        running.ifPresent(Running::abort);
    }

    /// The same because of an ABOR, which is answered behind that end.
    void abortAndAnswer() {
        afterwards = Intent.ANSWER_ABOR;
        abort();
    }

    /// The control connection ended without QUIT.
    void controlGone() {
        afterwards = Intent.END;
        running.ifPresent(Running::controlGone);
    }

    /// Takes note of its end.
    ///
    /// @return what is to happen now
    Intent ended() {
        Intent intent = afterwards;
        afterwards = Intent.GO_ON;
        running = Optional.empty();
        return intent;
    }
}
