package io.sealane.core.tls;

/// How much a server's end of TLS demands of a client's.
public enum Strength {
    /// TLS 1.2 and 1.3, AEAD, forward secrecy.
    MODERN,
    /// For devices that know nothing else also TLS 1.0 and 1.1, CBC, 3DES and RSA key exchange:
    /// whoever records the traffic and gets the key later can read it.
    LEGACY
}
