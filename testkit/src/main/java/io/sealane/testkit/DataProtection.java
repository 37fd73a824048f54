package io.sealane.testkit;

/// What the probe does on a data connection; what the server expects there is a matter of PROT, so
/// that the two can be made to differ.
public sealed interface DataProtection {
    DataProtection CLEAR = new Clear();
    DataProtection SAME_SESSION = new SameSession();

    /// No TLS.
    record Clear() implements DataProtection {}

    /// TLS that offers to resume the session of the control connection.
    record SameSession() implements DataProtection {}

    /// As [SameSession], with another ClientHello than the control connection's.
    record SameSessionAs(TlsChoice choice) implements DataProtection {}

    /// TLS that knows no earlier session.
    record FreshSession(TlsChoice choice) implements DataProtection {}

    /// TLS that offers to resume the session of another client's control connection.
    record SessionOf(ProbeClient other) implements DataProtection {}
}
