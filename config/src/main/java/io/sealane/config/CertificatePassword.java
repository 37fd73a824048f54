package io.sealane.config;

/// Whether a user whom a client's certificate speaks for needs the account's password besides.
public enum CertificatePassword implements ConfigWord {
    REQUIRED,
    NOT_NEEDED
}
