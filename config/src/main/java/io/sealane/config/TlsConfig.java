package io.sealane.config;

/// TLS settings of the whole server.
public record TlsConfig(TlsProviderName provider) {
    public static final TlsConfig DEFAULTS = new TlsConfig(TlsProviderName.BORINGSSL);
}
