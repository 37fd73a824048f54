package io.sealane.core.tls;

import java.util.Set;

/// Makes TLS engines. Two implementations: JSSE ([JsseProvider]) and BoringSSL (module
/// `tls-boringssl`); both pass `TlsProviderContract`. Safe from any thread.
public interface TlsProvider {
    /// Short name for logs and `status`: `jsse` or `boringssl`.
    String name();

    /// Whether clients that ask for [TlsIdentity#staple] are given it.
    boolean staples();

    /// What it can serve; [Strength#MODERN] always.
    Set<Strength> strengths();

    /// Makes the TLS of one control connection: a context of its own, with ticket keys of its own,
    /// so that a data connection that resumes has proven to belong to this control connection.
    SessionTls newSession(TlsSettings settings) throws TlsException;
}
