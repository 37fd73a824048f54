package io.sealane.core.tls;

import java.util.Set;

/// What a listener asks of TLS.
///
/// @param identity the server's key and chain
/// @param versions accepted versions, at least one
/// @param clients what is done about certificates of clients
public record TlsSettings(
        TlsIdentity identity, Set<TlsVersion> versions, ClientCertificates clients) {
    /// Settings without certificates of clients.
    public TlsSettings(TlsIdentity identity, Set<TlsVersion> versions) {
        this(identity, versions, ClientCertificates.NONE);
    }

    public TlsSettings {
        versions = Set.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("at least one TLS version");
        }
    }
}
