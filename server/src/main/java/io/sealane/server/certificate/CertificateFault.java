package io.sealane.server.certificate;

/// A certificate or key that cannot be served. The message names the file and says what is wrong
/// with it.
public final class CertificateFault extends Exception {
    private static final long serialVersionUID = 1L;

    CertificateFault(String message) {
        super(message);
    }

    CertificateFault(String message, Throwable cause) {
        super(message, cause);
    }
}
