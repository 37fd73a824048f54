package io.sealane.core.tls;

/// What a data connection proves by the TLS session that it resumed.
public enum SessionProof {
    /// It resumed none.
    NOTHING,
    /// It resumed that of another control connection of the same user, address and listener.
    SAME_USER,
    /// It resumed that of its control connection.
    SAME_SESSION;

    /// For the log.
    public String word() {
        return switch (this) {
            case NOTHING -> "false";
            case SAME_USER -> "same-user";
            case SAME_SESSION -> "true";
        };
    }
}
