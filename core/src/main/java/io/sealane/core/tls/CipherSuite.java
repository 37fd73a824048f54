package io.sealane.core.tls;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Cipher suites by their names in the IANA registry: those that are served, in the server's order,
/// and between and behind them those that old devices offer, so that a log can name them.
///
/// Interop: finite-field Diffie-Hellman comes behind RSA key exchange, though it has forward
/// secrecy: Java's TLS before 8 fails with more than 1,024 bits of it. 3DES is last.
public enum CipherSuite {
    TLS_AES_256_GCM_SHA384(0x1302, Use.SERVED),
    TLS_AES_128_GCM_SHA256(0x1301, Use.SERVED),
    TLS_CHACHA20_POLY1305_SHA256(0x1303, Use.SERVED),
    TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384(0xC02C, Use.SERVED),
    TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384(0xC030, Use.SERVED),
    TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(0xC02B, Use.SERVED),
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256(0xC02F, Use.SERVED),
    TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256(0xCCA9, Use.SERVED),
    TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256(0xCCA8, Use.SERVED),

    TLS_AES_128_CCM_SHA256(0x1304, Use.NAMED),
    TLS_AES_128_CCM_8_SHA256(0x1305, Use.NAMED),
    TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384(0xC024, Use.LEGACY),
    TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384(0xC028, Use.LEGACY),
    TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256(0xC023, Use.LEGACY),
    TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256(0xC027, Use.LEGACY),
    TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA(0xC00A, Use.LEGACY),
    TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA(0xC014, Use.LEGACY),
    TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA(0xC009, Use.LEGACY),
    TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA(0xC013, Use.LEGACY),
    TLS_ECDHE_ECDSA_WITH_RC4_128_SHA(0xC007, Use.NAMED),
    TLS_ECDHE_RSA_WITH_RC4_128_SHA(0xC011, Use.NAMED),
    TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256(0xCCAA, Use.NAMED),
    TLS_DHE_RSA_WITH_DES_CBC_SHA(0x0015, Use.NAMED),
    TLS_DHE_DSS_WITH_AES_256_CBC_SHA(0x0038, Use.NAMED),
    TLS_DHE_DSS_WITH_AES_128_CBC_SHA(0x0032, Use.NAMED),
    TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA(0x0013, Use.NAMED),
    TLS_RSA_WITH_AES_256_GCM_SHA384(0x009D, Use.LEGACY),
    TLS_RSA_WITH_AES_128_GCM_SHA256(0x009C, Use.LEGACY),
    TLS_RSA_WITH_AES_256_CBC_SHA256(0x003D, Use.LEGACY),
    TLS_RSA_WITH_AES_128_CBC_SHA256(0x003C, Use.LEGACY),
    TLS_RSA_WITH_AES_256_CBC_SHA(0x0035, Use.LEGACY),
    TLS_RSA_WITH_AES_128_CBC_SHA(0x002F, Use.LEGACY),
    TLS_DHE_RSA_WITH_AES_256_GCM_SHA384(0x009F, Use.LEGACY),
    TLS_DHE_RSA_WITH_AES_128_GCM_SHA256(0x009E, Use.LEGACY),
    TLS_DHE_RSA_WITH_AES_256_CBC_SHA256(0x006B, Use.LEGACY),
    TLS_DHE_RSA_WITH_AES_128_CBC_SHA256(0x0067, Use.LEGACY),
    TLS_DHE_RSA_WITH_AES_256_CBC_SHA(0x0039, Use.LEGACY),
    TLS_DHE_RSA_WITH_AES_128_CBC_SHA(0x0033, Use.LEGACY),
    TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA(0xC008, Use.LEGACY),
    TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA(0xC012, Use.LEGACY),
    TLS_RSA_WITH_3DES_EDE_CBC_SHA(0x000A, Use.LEGACY),
    TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA(0x0016, Use.LEGACY),
    TLS_RSA_WITH_DES_CBC_SHA(0x0009, Use.NAMED),
    TLS_RSA_WITH_RC4_128_SHA(0x0005, Use.NAMED),
    TLS_RSA_WITH_RC4_128_MD5(0x0004, Use.NAMED),
    TLS_RSA_EXPORT_WITH_DES40_CBC_SHA(0x0008, Use.NAMED),
    TLS_RSA_EXPORT_WITH_RC4_40_MD5(0x0003, Use.NAMED),
    TLS_EMPTY_RENEGOTIATION_INFO_SCSV(0x00FF, Use.NAMED),
    TLS_FALLBACK_SCSV(0x5600, Use.NAMED);

    private enum Use {
        /// AEAD with forward secrecy.
        SERVED,
        /// Without the one or the other: for listeners that are declared legacy.
        LEGACY,
        /// Known by name alone.
        NAMED
    }

    private static final Map<Integer, CipherSuite> BY_CODE =
            Arrays.stream(values())
                    .collect(Collectors.toMap(CipherSuite::code, Function.identity()));

    private final int code;
    private final Use use;

    CipherSuite(int code, Use use) {
        this.code = code;
        this.use = use;
    }

    int code() {
        return code;
    }

    /// Suites that are served, in the server's order.
    public static List<CipherSuite> served(Strength strength) {
        return Arrays.stream(values())
                .filter(suite ->
                        switch (suite.use) {
                            case SERVED -> true;
                            case LEGACY -> strength == Strength.LEGACY;
                            case NAMED -> false;
                        })
                .toList();
    }

    /// Whether one of these code points is a suite of TLS before 1.3 that is served with a key of
    /// this algorithm (`RSA`, `EC`).
    public static boolean anyBefore13For(
            String keyAlgorithm, Strength strength, List<Integer> offered) {
        return served(strength).stream()
                .filter(suite -> !suite.isOfTls13() && suite.suits(keyAlgorithm))
                .anyMatch(suite -> offered.contains(suite.code));
    }

    /// The name of a code point, or `0xNNNN`.
    static String shown(int code) {
        CipherSuite known = BY_CODE.get(code);
        return known == null ? String.format(Locale.ROOT, "0x%04X", code) : known.name();
    }

    /// The IANA registry's name for JSSE's, which has kept SSL's for suites of that time.
    static String registered(String jsseName) {
        return jsseName.replaceFirst("^SSL_", "TLS_");
    }

    /// Whether it is one of TLS 1.3, which says nothing of key exchange and certificate.
    boolean isOfTls13() {
        return code >>> 8 == 0x13;
    }

    /// Whether TLS before 1.2 has it: HMAC with SHA-1, and no AEAD.
    boolean isOfTls10() {
        return name().endsWith("_CBC_SHA");
    }

    /// Whether the server signs anything of its key exchange.
    boolean isSigned() {
        return !name().startsWith("TLS_RSA_");
    }

    /// Whether it needs a group of `supported_groups`.
    boolean isByGroup() {
        return isOfTls13() || name().startsWith("TLS_ECDHE_");
    }

    /// Whether a server can take it with a key of this algorithm (`RSA`, `EC`).
    boolean suits(String keyAlgorithm) {
        return isOfTls13() || name().contains("_ECDSA_") == keyAlgorithm.equals("EC");
    }
}
