package io.sealane.core.tls;

/// Where the TLS of a new control connection comes from: a provider and the settings of this
/// moment. Safe from any thread.
@FunctionalInterface
public interface TlsSource {
    SessionTls newSession() throws TlsException;
}
