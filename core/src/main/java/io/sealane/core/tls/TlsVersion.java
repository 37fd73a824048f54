package io.sealane.core.tls;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// TLS versions Sealane speaks, older ones first. Those before 1.2 (RFC 8996 says that they must
/// not be used) only where the settings say [Strength#LEGACY].
public enum TlsVersion {
    TLS_1_0("1.0", "TLSv1", 0x0301),
    TLS_1_1("1.1", "TLSv1.1", 0x0302),
    TLS_1_2("1.2", "TLSv1.2", 0x0303),
    TLS_1_3("1.3", "TLSv1.3", 0x0304);

    private final String number;
    private final String protocol;
    private final int code;

    TlsVersion(String number, String protocol, int code) {
        this.number = number;
        this.protocol = protocol;
        this.code = code;
    }

    /// Those of today.
    public static Set<TlsVersion> modern() {
        return EnumSet.range(TLS_1_2, TLS_1_3);
    }

    boolean isModern() {
        return compareTo(TLS_1_2) >= 0;
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
        return number;
    }

    /// As in `supported_versions` (RFC 8446 section 4.2.1).
    int code() {
        return code;
    }

    boolean takes(CipherSuite suite) {
        return switch (this) {
            case TLS_1_0, TLS_1_1 -> suite.isOfTls10();
            case TLS_1_2 -> !suite.isOfTls13();
            case TLS_1_3 -> suite.isOfTls13();
        };
    }
}
