package io.sealane.testkit;

/// What a finished handshake settled, by JSSE's names. No ALPN gives an empty protocol.
public record TlsFacts(
        String version, String cipherSuite, Resumption resumption, String applicationProtocol) {}
