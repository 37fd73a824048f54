package io.sealane.core.session;

import io.sealane.core.wire.OctetLine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Lines that a client sent ahead and that wait for what runs, in their order. Belongs to whoever
/// has the turn.
final class HeldLines {
    /// Most lines read ahead, so that an ABOR behind them is heard. What comes behind these waits
    /// in the connection. Clients that send ahead at all send the commands of one file.
    static final int LINES_MAX = 16;

    private final Deque<OctetLine> lines = new ArrayDeque<>(LINES_MAX);

    void add(OctetLine line) {
        if (!hasRoom()) {
            throw new IllegalStateException("more lines than were asked for");
        }
        lines.addLast(line);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    boolean hasRoom() {
        return lines.size() < LINES_MAX;
    }

    /// The line whose turn is next, left where it is.
    Optional<OctetLine> next() {
        return Optional.ofNullable(lines.peekFirst());
    }

    OctetLine take() {
        return lines.removeFirst();
    }

    /// The line that came last.
    Optional<OctetLine> last() {
        return Optional.ofNullable(lines.peekLast());
    }
}
