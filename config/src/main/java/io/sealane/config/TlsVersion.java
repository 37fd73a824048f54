package io.sealane.config;

/// TLS versions a listener may accept; older ones are refused (RFC 8996).
public enum TlsVersion implements ConfigWord {
    TLS_1_2("1.2"),
    TLS_1_3("1.3");

    private final String text;

    TlsVersion(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
