package io.sealane.server.certificate;

import io.sealane.core.tls.TlsProvider;

/// Whether clients can be given staples.
enum Stapling {
    NONE,
    OCSP;

    static Stapling of(TlsProvider provider) {
        return provider.staples() ? OCSP : NONE;
    }
}
