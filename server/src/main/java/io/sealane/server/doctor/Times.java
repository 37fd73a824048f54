package io.sealane.server.doctor;

import java.io.IOException;
import java.time.Duration;

/// The time an examination may take, for one answer and in all. Immutable.
record Times(Duration patience, Deadline end) {
    static Times of(Request request) {
        return new Times(request.timeout(), Deadline.in(request.timeInAll()));
    }

    /// The deadline for the next answer.
    ///
    /// @throws TimeUsedUp if no time is left in all
    Deadline next() throws IOException {
        return within(patience);
    }

    /// As [#next], with less patience.
    Deadline within(Duration shorter) throws IOException {
        if (end.isOver()) {
            throw new TimeUsedUp();
        }
        return Deadline.in(shorter.compareTo(patience) < 0 ? shorter : patience).orSooner(end);
    }

    /// The time for the whole examination is over.
    static final class TimeUsedUp extends IOException {
        private static final long serialVersionUID = 1L;

        TimeUsedUp() {
            super("the time for the examination is used up");
        }
    }
}
