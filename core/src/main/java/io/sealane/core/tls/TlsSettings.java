package io.sealane.core.tls;

import java.util.Set;

/// What a listener asks of TLS.
///
/// @param identity the server's key and chain
/// @param versions accepted versions, at least one
public record TlsSettings(TlsIdentity identity, Set<TlsVersion> versions) {
    public TlsSettings {
        versions = Set.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("at least one TLS version");
        }
    }
}
