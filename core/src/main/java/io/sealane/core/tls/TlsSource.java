package io.sealane.core.tls;

import io.sealane.core.wire.ClientHello;
import java.util.Optional;

/// Where the TLS of a new control connection comes from: a provider and the settings of this
/// moment. Safe from any thread.
@FunctionalInterface
public interface TlsSource {
    /// Makes the TLS of one control connection.
    ///
    /// @param hello what its client said first; empty if that was no whole ClientHello, and the
    ///   engine will refuse it
    SessionTls newSession(Optional<ClientHello> hello) throws TlsException;
}
