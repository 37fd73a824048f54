package io.sealane.server.certificate;

import java.time.Instant;

/// When something is to be looked at again. Made by a clock that was wrong it may be years away:
/// where the clock stands before the moment at which it was made, it is due at once.
///
/// @param made when it was made
record Appointment(Instant made, Instant due) {
    static final Appointment AT_ONCE = new Appointment(Instant.MIN, Instant.MIN);

    boolean isDue(Instant now) {
        return !now.isBefore(due) || now.isBefore(made);
    }
}
