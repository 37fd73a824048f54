package io.sealane.core.session;

import java.util.Locale;

/// Why a session ended.
public sealed interface Ending {
    /// Reason code for the log.
    String code();

    enum Known implements Ending {
        QUIT,
        /// It closed its half of the control connection.
        CLIENT_GONE,
        TLS_ERROR,
        CONNECTION_BROKEN,
        IDLE_TIMEOUT,
        LOGIN_TIMEOUT,
        TOO_MANY_FAULTS,
        BYTES_BEHIND_AUTH,
        TLS_ON_EXPLICIT_PORT,
        HTTP_ON_FTP_PORT,
        LOGIN_FAILURES,
        USER_LIMIT,
        ACCOUNT_ENDED,
        ACCOUNTS_UNAVAILABLE,
        STORAGE_UNAVAILABLE,
        SERVER_STOPPING,
        DEFECT;

        @Override
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// The handshake of the control connection failed.
    ///
    /// @param code its own reason code
    record HandshakeFailed(String code) implements Ending {}
}
