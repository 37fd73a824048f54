package io.sealane.testkit;

/// Whether a handshake took up an earlier session. Judged by whether the server sent a certificate
/// in it, which is the same for TLS 1.2 and 1.3.
public enum Resumption {
    FULL_HANDSHAKE,
    RESUMED
}
