package io.sealane.server.certificate;

import io.sealane.core.tls.TlsProvider;

/// Whether clients can be given staples.
public enum Stapling {
    NONE,
    OCSP;

    public static Stapling of(TlsProvider provider) {
        return provider.staples() ? OCSP : NONE;
    }
}
