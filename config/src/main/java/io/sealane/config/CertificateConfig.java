package io.sealane.config;

import java.nio.file.Path;
import java.util.List;

/// A certificate chain with its private key, both in PEM files. The files are not read here.
///
/// @param names host names (TLS server names) it is for, at most [#NAMES_MAX]; empty: for clients
///   that ask for no name, or for one that no certificate lists
/// @param chain the certificate, then its issuers, an absolute path
/// @param key the private key, an absolute path
public record CertificateConfig(List<CertificateName> names, Path chain, Path key) {
    /// As many names as public issuers put into one certificate.
    public static final int NAMES_MAX = 100;

    public CertificateConfig {
        names = List.copyOf(names);
        new Bounds<>(0, NAMES_MAX).require("number of names", names.size());
    }
}
