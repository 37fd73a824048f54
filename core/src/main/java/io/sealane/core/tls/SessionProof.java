package io.sealane.core.tls;

import io.sealane.core.event.Event;

/// What a data connection proves by the TLS session that it resumed.
public enum SessionProof {
    /// It resumed none.
    NOTHING,
    /// It resumed that of another control connection of the same user, address and listener.
    SAME_USER,
    /// It resumed that of its control connection.
    SAME_SESSION;

    /// For the log.
    public Event.Resumption resumption() {
        return switch (this) {
            case NOTHING -> Event.Resumption.FALSE;
            case SAME_USER -> Event.Resumption.SAME_USER;
            case SAME_SESSION -> Event.Resumption.TRUE;
        };
    }
}
