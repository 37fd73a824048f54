package io.sealane.core.tls;

/// TLS versions Sealane speaks; older ones are refused (RFC 8996).
public enum TlsVersion {
    TLS_1_2("TLSv1.2"),
    TLS_1_3("TLSv1.3");

    private final String protocol;

    TlsVersion(String protocol) {
        this.protocol = protocol;
    }

    /// The name that engines and logs use, `TLSv1.2` or `TLSv1.3`.
    public String protocol() {
        return protocol;
    }
}
