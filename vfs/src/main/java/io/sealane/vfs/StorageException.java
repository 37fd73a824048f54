package io.sealane.vfs;

import java.io.IOException;

/// A store refused or failed; the reason is closed so that one switch can turn it into a reply. The
/// message is for the log, never for the wire: it may hold host paths.
public final class StorageException extends IOException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        NOT_FOUND,
        NOT_PERMITTED,
        /// The host keeps the server itself from it, by permissions or a read-only file system.
        DENIED_BY_HOST,
        ALREADY_EXISTS,
        NOT_A_DIRECTORY,
        IS_A_DIRECTORY,
        NOT_EMPTY,
        /// The name cannot exist in this store (too long, reserved, not encodable).
        BAD_NAME,
        /// A restart offset that does not fit what is there.
        BAD_OFFSET,
        /// An upload of the same owner that is to replace the file broke off or is under way:
        /// nobody can tell which content is to be gone on from.
        HALF_REPLACED,
        /// A rename or a link from one store to another.
        CROSSES_STORES,
        /// The store cannot do this at all ([StorageAbilities]).
        UNSUPPORTED,
        STORE_FULL,
        OVER_QUOTA,
        /// Someone else holds it; the same request may succeed later.
        BUSY,
        /// The host gives the server no more of what it needs for this, such as descriptors; the
        /// same request may succeed later.
        OVERLOADED,
        /// Input/output failed: data at risk.
        BROKEN;

        /// Whether somebody who looks after the host can mend it, and so should hear of it.
        public boolean isOfHost() {
            return this == BROKEN || isAtWill() || isLackOfRoom();
        }

        /// Whether a client can bring it about as often as it likes, so that the log need not have
        /// each.
        public boolean isAtWill() {
            return this == DENIED_BY_HOST || this == OVERLOADED;
        }

        /// Whether more room would help.
        public boolean isLackOfRoom() {
            return this == STORE_FULL || this == OVER_QUOTA;
        }
    }

    private final Reason reason;

    public StorageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StorageException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
