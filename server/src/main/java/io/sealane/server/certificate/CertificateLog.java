package io.sealane.server.certificate;

import java.lang.System.Logger.Level;

/// Where certificates tell what happens to them. Safe from any thread.
@FunctionalInterface
public interface CertificateLog {
    /// @param event in kebab case: `certificate-renewed`
    void note(Level level, String event, String message);
}
