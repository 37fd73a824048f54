package io.sealane.core.tls;

import java.util.Arrays;
import java.util.Optional;

/// TLS versions Sealane speaks, older ones first; what is older still is refused (RFC 8996).
public enum TlsVersion {
    TLS_1_2("TLSv1.2"),
    TLS_1_3("TLSv1.3");

    private static final int PREFIX = "TLSv".length();

    private final String protocol;

    TlsVersion(String protocol) {
        this.protocol = protocol;
    }

    /// The version of that name, as [#protocol] gives it.
    public static Optional<TlsVersion> ofProtocol(String name) {
        return Arrays.stream(values()).filter(one -> one.protocol.equals(name)).findFirst();
    }

    /// The name that engines and logs use, `TLSv1.2` or `TLSv1.3`.
    public String protocol() {
        return protocol;
    }

    public boolean isAtMost(TlsVersion other) {
        return compareTo(other) <= 0;
    }

    /// The number alone, as the configuration has it: `1.2` or `1.3`.
    public String number() {
        return protocol.substring(PREFIX);
    }
}
