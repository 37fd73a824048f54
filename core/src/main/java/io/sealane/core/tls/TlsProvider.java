package io.sealane.core.tls;

/// Makes TLS engines. Two implementations: JSSE ([JsseProvider]) and BoringSSL (module
/// `tls-boringssl`); both pass `TlsProviderContract`. Safe from any thread.
public interface TlsProvider {
    /// Short name for logs and `status`: `jsse` or `boringssl`.
    String name();

    /// Whether clients that ask for [TlsIdentity#staple] are given it.
    boolean staples();

    /// Makes the TLS of one control connection: a context of its own, with ticket keys of its own,
    /// so that a data connection that resumes has proven to belong to this control connection.
    ///
    /// @throws IllegalArgumentException if it does not serve [TlsSettings#strength]; all serve
    ///   [Strength#MODERN]
    SessionTls newSession(TlsSettings settings) throws TlsException;
}
