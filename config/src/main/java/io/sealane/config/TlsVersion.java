package io.sealane.config;

import java.util.EnumSet;
import java.util.Set;

/// TLS versions a listener may accept; those before 1.2 (RFC 8996) only if it is declared legacy.
public enum TlsVersion implements ConfigWord {
    TLS_1_0("1.0"),
    TLS_1_1("1.1"),
    TLS_1_2("1.2"),
    TLS_1_3("1.3");

    private final String text;

    TlsVersion(String text) {
        this.text = text;
    }

    /// Those of today, which every listener may have.
    public static Set<TlsVersion> modern() {
        return EnumSet.range(TLS_1_2, TLS_1_3);
    }

    @Override
    public String text() {
        return text;
    }
}
