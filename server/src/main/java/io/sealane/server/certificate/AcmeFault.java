package io.sealane.server.certificate;

import java.time.Instant;
import java.util.Optional;

/// An authority issued no certificate.
final class AcmeFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Instant> notBefore;

    AcmeFault(String message) {
        super(message);
        notBefore = Optional.empty();
    }

    AcmeFault(String message, Throwable cause, Optional<Instant> notBefore) {
        super(message, cause);
        this.notBefore = notBefore;
    }

    /// When it may be asked again; empty if it did not say.
    Optional<Instant> notBefore() {
        return notBefore;
    }
}
