package io.sealane.config;

/// Where a client's certificate says which users it speaks for.
public enum CertificateUser implements ConfigWord {
    /// Nowhere: it admits, and says nothing of users.
    NONE,
    SUBJECT_CN,
    SAN_EMAIL,
    SAN_DNS
}
