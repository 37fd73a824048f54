package io.sealane.config;

/// Which TLS sessions a data connection may resume to prove that it belongs to its control
/// connection.
public enum SessionBinding implements ConfigWord {
    /// The data connection must resume its own control connection's session.
    SAME_SESSION,
    /// It must resume a session of the same user and address.
    SAME_USER,
    /// A resumed session is proof; one that is not resumed is let in as well.
    PREFER,
    /// Not looked at.
    OFF
}
