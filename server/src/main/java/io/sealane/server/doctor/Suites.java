package io.sealane.server.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Cipher suites by their numbers (IANA's registry).
final class Suites {
    /// Those of TLS 1.3.
    static final List<Integer> TLS_1_3 = List.of(0x1301, 0x1302, 0x1303, 0x1304, 0x1305);

    /// With forward secrecy, authentication and a cipher that holds.
    static final List<Integer> FORWARD_SECRET =
            List.of(
                    0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0x009E, 0x009F, 0xCCAA, 0xC023,
                    0xC027, 0xC024, 0xC028, 0xC009, 0xC013, 0xC00A, 0xC014, 0x0067, 0x006B, 0x0033,
                    0x0039);

    /// Finite-field Diffie-Hellman alone.
    static final List<Integer> DHE =
            List.of(0x009E, 0x009F, 0xCCAA, 0x0067, 0x006B, 0x0033, 0x0039);

    /// RSA key exchange.
    static final List<Integer> RSA_EXCHANGE =
            List.of(0x009C, 0x009D, 0x003C, 0x003D, 0x002F, 0x0035, 0x0041, 0x0084);

    /// RC4, DES, 3DES, 40 bits, no cipher at all, or no authentication.
    static final List<Integer> BROKEN =
            List.of(
                    0x0005, 0x0004, 0xC011, 0xC007, 0x000A, 0x0016, 0x0013, 0xC012, 0xC008, 0x0009,
                    0x0015, 0x0012, 0x0003, 0x0006, 0x0008, 0x0014, 0x0011, 0x0001, 0x0002, 0x003B,
                    0xC006, 0xC010, 0x0017, 0x0018, 0x0019, 0x001A, 0x001B, 0x0034, 0x003A, 0x006C,
                    0x006D, 0x00A6, 0x00A7, 0xC015, 0xC016, 0xC017, 0xC018, 0xC019);

    private static final Map<Integer, String> NAMES =
            Map.ofEntries(
                    Map.entry(0x1301, "TLS_AES_128_GCM_SHA256"),
                    Map.entry(0x1302, "TLS_AES_256_GCM_SHA384"),
                    Map.entry(0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
                    Map.entry(0xC02B, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
                    Map.entry(0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                    Map.entry(0xC02C, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
                    Map.entry(0xC030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
                    Map.entry(0xCCA9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
                    Map.entry(0xCCA8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
                    Map.entry(0x009E, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"),
                    Map.entry(0x009F, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"),
                    Map.entry(0x0033, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"),
                    Map.entry(0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"),
                    Map.entry(0xC009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
                    Map.entry(0xC013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
                    Map.entry(0xC00A, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
                    Map.entry(0xC014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"),
                    Map.entry(0x009C, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
                    Map.entry(0x009D, "TLS_RSA_WITH_AES_256_GCM_SHA384"),
                    Map.entry(0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA"),
                    Map.entry(0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"),
                    Map.entry(0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
                    Map.entry(0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA"),
                    Map.entry(0xC012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"),
                    Map.entry(0x0005, "TLS_RSA_WITH_RC4_128_SHA"),
                    Map.entry(0x0001, "TLS_RSA_WITH_NULL_MD5"),
                    Map.entry(0x0002, "TLS_RSA_WITH_NULL_SHA"),
                    Map.entry(0x003B, "TLS_RSA_WITH_NULL_SHA256"),
                    Map.entry(0xC010, "TLS_ECDHE_RSA_WITH_NULL_SHA"),
                    Map.entry(0xC006, "TLS_ECDHE_ECDSA_WITH_NULL_SHA"),
                    Map.entry(0x00A6, "TLS_DH_anon_WITH_AES_128_GCM_SHA256"),
                    Map.entry(0xC018, "TLS_ECDH_anon_WITH_AES_128_CBC_SHA"),
                    Map.entry(0xC019, "TLS_ECDH_anon_WITH_AES_256_CBC_SHA"));

    private Suites() {}

    /// What a current client offers in TLS 1.2 and before, and RSA key exchange behind it.
    static List<Integer> usual() {
        List<Integer> all = new ArrayList<>(FORWARD_SECRET);
        all.addAll(RSA_EXCHANGE);
        return all;
    }

    /// As [#usual], and what nobody should accept behind it.
    static List<Integer> all() {
        List<Integer> all = usual();
        all.addAll(BROKEN);
        return all;
    }

    static String title(int suite) {
        return NAMES.getOrDefault(suite, "suite 0x%04x".formatted(suite));
    }
}
