package io.sealane.config;

/// Who makes the TLS engines.
public enum TlsProviderName implements ConfigWord {
    /// Google's library, native code; the faster one.
    BORINGSSL,
    /// The JDK's own.
    JSSE
}
