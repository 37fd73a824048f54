package io.sealane.core.data;

import java.io.IOException;

/// No data connection came about.
public final class DataConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Why, as the reply and the log say it.
    public enum Reason {
        NOT_CONNECTED("the client did not connect in time"),
        NOT_REACHED("the client could not be reached"),
        HANDSHAKE_MISSING("it ended without a TLS handshake"),
        HANDSHAKE_TIMEOUT("the TLS handshake took too long"),
        HANDSHAKE_FAILED("the TLS handshake failed"),
        OTHER_CLIENT_CERTIFICATE("its client certificate is not the control connection's"),
        OFFER_CLOSED("its port is closed already");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    private final Reason reason;
    private final String detail;

    public DataConnectionException(Reason reason, String detail) {
        super(reason.text() + (detail.isEmpty() ? "" : ": " + detail));
        this.reason = reason;
        this.detail = detail;
    }

    /// What is known beyond the reason, for the log; may be empty.
    public String detail() {
        return detail;
    }

    public Reason reason() {
        return reason;
    }
}
