package io.sealane.core.tls;

/// Whether policy insists.
public enum Requirement {
    REQUIRED,
    OPTIONAL
}
