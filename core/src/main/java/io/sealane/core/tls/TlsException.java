package io.sealane.core.tls;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/// TLS could not be set up or its handshake failed; the message says why in words for the log.
public final class TlsException extends IOException {
    /// The alert `unrecognized_name` (RFC 6066 section 3).
    public static final int UNRECOGNIZED_NAME = 112;

    /// The alert `no_application_protocol` (RFC 7301 section 3.2).
    static final int NO_APPLICATION_PROTOCOL = 120;

    /// Alert `inappropriate_fallback` (RFC 7507 section 2).
    static final int INAPPROPRIATE_FALLBACK = 86;

    /// Alert `illegal_parameter` (RFC 8446 section 6.2).
    static final int ILLEGAL_PARAMETER = 47;

    /// Alert `handshake_failure` (RFC 8446 section 6.2): nothing that both would take.
    static final int HANDSHAKE_FAILURE = 40;

    private static final long serialVersionUID = 1L;
    private static final int NO_ALERT = -1;

    private enum End {
        /// Found here.
        OURS,
        /// The peer closed the connection.
        PEERS
    }

    private final End end;
    private final int alert;
    private final transient Optional<String> peerAlert;

    public TlsException(String message) {
        super(message);
        this.end = End.OURS;
        this.alert = NO_ALERT;
        this.peerAlert = Optional.empty();
    }

    public TlsException(String message, Throwable cause) {
        this(message, cause, Optional.empty());
    }

    /// @param peerAlert name of the fatal alert by which the peer ended the connection
    TlsException(String message, Throwable cause, Optional<String> peerAlert) {
        super(message, cause);
        this.end = End.OURS;
        this.alert = NO_ALERT;
        this.peerAlert = peerAlert;
    }

    private TlsException(End end, int alert, String message) {
        super(message);
        this.end = end;
        this.alert = alert;
        this.peerAlert = Optional.empty();
    }

    /// A client is refused before there is an engine that could tell it why.
    ///
    /// @param alert what the client is told: an alert of RFC 8446 section 6
    public static TlsException refusal(int alert, String message) {
        return new TlsException(End.OURS, alert, message);
    }

    /// The peer closed the connection where more was due.
    static TlsException peerEnded(String message) {
        return new TlsException(End.PEERS, NO_ALERT, message);
    }

    /// What the client is yet to be told; empty if an engine has done it, or nothing is.
    OptionalInt alert() {
        return alert == NO_ALERT ? OptionalInt.empty() : OptionalInt.of(alert);
    }

    boolean isEndOfPeer() {
        return end == End.PEERS;
    }

    Optional<String> peerAlert() {
        return peerAlert;
    }
}
