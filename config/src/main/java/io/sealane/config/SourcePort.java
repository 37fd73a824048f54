package io.sealane.config;

/// Where the server connects from in active mode.
public enum SourcePort implements ConfigWord {
    /// Port 20, and 989 where the control connection began with TLS, if this process may bind it.
    STANDARD,
    /// Whatever the kernel chooses.
    ANY
}
