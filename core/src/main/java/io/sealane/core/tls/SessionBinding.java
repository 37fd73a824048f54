package io.sealane.core.tls;

/// What a TLS data connection must prove about the control connection it belongs to.
public enum SessionBinding {
    /// Its handshake must resume a session of this very control connection.
    SAME_SESSION,
    /// Its handshake must resume a session of this control connection, or of another one of the
    /// same user from the same address.
    SAME_USER,
    /// Resumption is offered and logged, a full handshake is taken too.
    PREFER,
    /// As [#PREFER], but not worth a word in the log.
    OFF;

    /// How it is written.
    public String word() {
        return TlsDemands.word(this);
    }

    /// Whether whatever meets `other` meets this too.
    boolean isImpliedBy(SessionBinding other) {
        return this == PREFER || this == OFF || other.compareTo(this) <= 0;
    }

    /// Whether a data connection that proves this much will do.
    public boolean isMetBy(SessionProof proof) {
        return switch (this) {
            case SAME_SESSION -> proof == SessionProof.SAME_SESSION;
            case SAME_USER -> proof != SessionProof.NOTHING;
            case PREFER, OFF -> true;
        };
    }
}
