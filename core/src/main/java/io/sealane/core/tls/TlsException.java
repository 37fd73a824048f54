package io.sealane.core.tls;

import java.io.IOException;
import java.util.OptionalInt;

/// TLS could not be set up or its handshake failed; the message says why in words for the log.
public final class TlsException extends IOException {
    /// The alert `unrecognized_name` (RFC 6066 section 3).
    public static final int UNRECOGNIZED_NAME = 112;

    private static final long serialVersionUID = 1L;
    private static final int NO_ALERT = -1;

    private final int alert;

    public TlsException(String message) {
        super(message);
        alert = NO_ALERT;
    }

    public TlsException(String message, Throwable cause) {
        super(message, cause);
        alert = NO_ALERT;
    }

    private TlsException(String message, int alert) {
        super(message);
        this.alert = alert;
    }

    /// A client is refused before there is an engine that could tell it why.
    ///
    /// @param alert what the client is told: an alert of RFC 8446 section 6
    public static TlsException refusal(int alert, String message) {
        return new TlsException(message, alert);
    }

    /// What the client is yet to be told; empty if an engine has done it, or nothing is.
    OptionalInt alert() {
        return alert == NO_ALERT ? OptionalInt.empty() : OptionalInt.of(alert);
    }
}
