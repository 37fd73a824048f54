package io.sealane.core.session;

import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.ControlLine;
import io.sealane.core.wire.Verb;
import io.sealane.core.wire.Verb.Pipelining;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Lines that a client sent ahead and that wait for what runs, in their order. Belongs to whoever
/// has the turn.
final class HeldLines {
    /// Most lines read ahead, so that an ABOR behind them is heard. What comes behind these waits
    /// in the connection. Clients that send ahead at all send the commands of one file.
    static final int LINES_MAX = 16;

    private final Deque<ControlLine> lines = new ArrayDeque<>(LINES_MAX);

    void add(ControlLine line) {
        if (!hasRoom()) {
            throw new IllegalStateException("more lines than were asked for");
        }
        lines.addLast(line);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /// Whether one more can be read: what a line says may depend on the one before it.
    boolean hasRoom() {
        boolean isReadBehind =
                lines.peekLast() instanceof ControlLine.Command(CommandLine last)
                        && last.verb().pipelining() == Pipelining.READ_BEHIND;
        return lines.size() < LINES_MAX && !isReadBehind;
    }

    /// The line whose turn is next, left where it is.
    Optional<ControlLine> next() {
        return Optional.ofNullable(lines.peekFirst());
    }

    ControlLine take() {
        return lines.removeFirst();
    }

    /// Whether the client has said that it will say no more.
    boolean endWithQuit() {
        return lines.peekLast() instanceof ControlLine.Command(CommandLine command)
                && command.verb() == Verb.QUIT;
    }
}
