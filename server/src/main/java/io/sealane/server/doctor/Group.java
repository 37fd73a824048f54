package io.sealane.server.doctor;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/// Key exchange groups (RFC 8446 section 4.2.7, RFC 7919, draft-ietf-tls-ecdhe-mlkem).
enum Group {
    X25519MLKEM768(0x11EC),
    SECP256R1MLKEM768(0x11EB),
    SECP384R1MLKEM1024(0x11ED),
    X25519(0x001D),
    SECP256R1(0x0017),
    SECP384R1(0x0018),
    SECP521R1(0x0019),
    X448(0x001E),
    FFDHE2048(0x0100),
    FFDHE3072(0x0101);

    private static final int MLKEM768_KEY_OCTETS = 1184;
    private static final int X25519_KEY_OCTETS = 32;

    private final int code;

    Group(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<Group> of(int code) {
        return Arrays.stream(values()).filter(group -> group.code == code).findFirst();
    }

    /// The group's name, or its number where it has none here.
    static String title(int code) {
        return of(code).map(group ->
                        switch (group) {
                            case X25519MLKEM768 -> "X25519MLKEM768";
                            case SECP256R1MLKEM768 -> "SecP256r1MLKEM768";
                            case SECP384R1MLKEM1024 -> "SecP384r1MLKEM1024";
                            case X25519 -> "x25519";
                            case SECP256R1 -> "secp256r1";
                            case SECP384R1 -> "secp384r1";
                            case SECP521R1 -> "secp521r1";
                            case X448 -> "x448";
                            case FFDHE2048 -> "ffdhe2048";
                            case FFDHE3072 -> "ffdhe3072";
                        })
                .orElseGet(() -> "group 0x%04x".formatted(code));
    }

    /// A public key for a key share; of a key pair whose private half nobody needs, since these
    /// handshakes are not completed.
    byte[] newShare() {
        byte[] curve = rawKey("X25519", NamedParameterSpec.X25519, X25519_KEY_OCTETS);
        return switch (this) {
            case X25519 -> curve;
            case X25519MLKEM768 -> {
                byte[] lattice =
                        rawKey("ML-KEM", NamedParameterSpec.ML_KEM_768, MLKEM768_KEY_OCTETS);
                byte[] both = Arrays.copyOf(lattice, lattice.length + curve.length);
                System.arraycopy(curve, 0, both, lattice.length, curve.length);
                yield both;
            }
            default -> throw new IllegalArgumentException("no key share is made for " + this);
        };
    }

    /// The key itself stands at the end of its X.509 encoding.
    private static byte[] rawKey(String algorithm, NamedParameterSpec parameters, int octets) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - octets, encoded.length);
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException("the JDK has no " + algorithm, defect);
        }
    }
}
