package io.sealane.core.tls;

/// What a TLS data connection must prove about the control connection it belongs to.
public enum SessionBinding {
    /// Its handshake must resume a session of this very control connection.
    SAME_SESSION,
    /// Resumption is offered and logged, a full handshake is taken too.
    PREFER,
    /// As [#PREFER], but not worth a word in the log.
    OFF
}
