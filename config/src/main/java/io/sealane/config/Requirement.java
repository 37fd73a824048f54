package io.sealane.config;

/// Whether TLS must protect a channel or merely may.
public enum Requirement implements ConfigWord {
    REQUIRED,
    OPTIONAL
}
