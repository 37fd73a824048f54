package io.sealane.core.data;

import java.io.IOException;

/// No data connection came about.
public final class DataConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Why, as the reply and the log say it.
    public enum Reason {
        NOT_CONNECTED("not-connected", "the client did not connect in time"),
        PEER_NOT_ALLOWED(
                "peer-not-allowed", "only somebody from another address connected in time"),
        NOT_REACHED("connect-failed", "the client could not be reached"),
        HANDSHAKE_MISSING("no-handshake", "it ended without a TLS handshake"),
        HANDSHAKE_TIMEOUT("handshake-failed/handshake-timeout", "the TLS handshake took too long"),
        HANDSHAKE_FAILED("handshake-failed", "the TLS handshake failed"),
        /// As [HandshakeReason#isDisagreement] has it.
        TLS_NOT_NEGOTIATED("handshake-failed", "the TLS handshake failed"),
        PROTECTION_CHANGED("protection-changed", "PROT came behind it, so send PASV or EPSV again"),
        OFFER_CLOSED("offer-closed", "its port is closed already"),
        DEFECT("defect", "the server failed at it");

        private final String code;
        private final String text;

        Reason(String code, String text) {
            this.code = code;
            this.text = text;
        }

        public String code() {
            return code;
        }
    }

    private final Reason reason;
    private final String cause;
    private final boolean endOfClient;

    /// @param cause a word for what is behind the reason; may be empty
    public DataConnectionException(Reason reason, String cause) {
        this(reason, cause, false);
    }

    private DataConnectionException(Reason reason, String cause, boolean endOfClient) {
        super(reason.text + (cause.isEmpty() ? "" : " (" + cause + ")"));
        this.reason = reason;
        this.cause = cause;
        this.endOfClient = endOfClient;
    }

    /// The client ended the connection, in order, before its TLS handshake was over.
    static DataConnectionException endOfClient(Reason reason, String cause) {
        return new DataConnectionException(reason, cause, true);
    }

    public Reason reason() {
        return reason;
    }

    /// Whether it came about as [#endOfClient] says.
    public boolean isEndOfClient() {
        return endOfClient;
    }

    /// Reason code for the log: that of the reason, a slash and the cause if it is known.
    public String code() {
        return reason.code + (cause.isEmpty() ? "" : "/" + cause);
    }

    /// The same in words, for the reply.
    public String text() {
        return String.valueOf(getMessage());
    }
}
