package io.sealane.config;

import java.nio.file.Path;

/// Where a certificate comes from.
public sealed interface CertificateSource {
    /// PEM files, which are not read here.
    ///
    /// @param chain the certificate and its issuers, an absolute path
    /// @param key the private key, an absolute path
    record Files(Path chain, Path key) implements CertificateSource {}

    /// An authority that issues it by itself.
    record Acme(AcmeConfig config) implements CertificateSource {}
}
