package io.sealane.config;

/// TLS settings of the whole server.
public record TlsConfig(TlsProviderName provider, Sni sni) {
    public static final TlsConfig DEFAULTS = new TlsConfig(TlsProviderName.BORINGSSL, Sni.LENIENT);
}
