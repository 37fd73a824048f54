package io.sealane.config;

import java.util.List;

/// A certificate with its private key.
///
/// @param names host names (TLS server names) it is for, at most [#NAMES_MAX]; empty: those in the
///   certificate itself. Of an ACME authority there is at least one, and no wildcard
public record CertificateConfig(List<CertificateName> names, CertificateSource source, Ocsp ocsp) {
    /// As many names as public issuers put into one certificate.
    public static final int NAMES_MAX = 100;

    public CertificateConfig {
        names = List.copyOf(names);
        new Bounds<>(0, NAMES_MAX).require("number of names", names.size());
    }
}
