package io.sealane.accounts;

/// Accounts could not be read or changed. The reason is closed so that one switch can turn it into
/// an answer. The message is for the operator, never for the wire: it may hold host paths.
public final class AccountException extends Exception {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /// No account has this name.
        NOT_FOUND,
        /// An account has this name already.
        ALREADY_EXISTS,
        /// The store cannot be reached, or did not answer in time; the same call may succeed later.
        UNAVAILABLE,
        /// What is stored cannot be understood; an operator must look at it.
        BROKEN,
        /// The configured store is of a kind, or of a version, that is not served.
        NOT_SERVED
    }

    private final Reason reason;

    public AccountException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public AccountException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
