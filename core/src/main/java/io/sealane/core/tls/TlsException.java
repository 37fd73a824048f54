package io.sealane.core.tls;

import java.io.IOException;

/// TLS could not be set up or its handshake failed; the message says why in words for the log.
public final class TlsException extends IOException {
    private static final long serialVersionUID = 1L;

    public TlsException(String message) {
        super(message);
    }

    public TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
