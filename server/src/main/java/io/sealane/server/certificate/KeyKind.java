package io.sealane.server.certificate;

import io.sealane.core.tls.CipherSuite;
import io.sealane.core.tls.Strength;
import io.sealane.core.tls.TlsVersion;
import io.sealane.core.wire.ClientHello;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Kinds of key that both TLS providers serve. In the order in which they are preferred: signatures
/// by EC keys cost the server a tenth of those by RSA keys.
///
/// Numbers are those of the IANA TLS registries.
public enum KeyKind {
    EC_P256("EC P-256", "secp256r1", 0x0403, 23),
    EC_P384("EC P-384", "secp384r1", 0x0503, 24),
    EC_P521("EC P-521", "secp521r1", 0x0603, 25),
    /// Understood by everybody, as far as anything is.
    RSA("RSA", "", 0, 0);

    private static final int VERSION_TLS_1_2 = 0x0303;
    private static final int VERSION_TLS_1_3 = 0x0304;

    /// In TLS 1.2 the hash is named, and not the curve (RFC 8422 section 5.1.3).
    private static final List<Integer> ECDSA_SCHEMES = List.of(0x0403, 0x0503, 0x0603);

    private final String text;
    private final String curve;
    private final int scheme;
    private final int group;

    KeyKind(String text, String curve, int scheme, int group) {
        this.text = text;
        this.curve = curve;
        this.scheme = scheme;
        this.group = group;
    }

    /// The kind of a certificate's key; empty if it is one that is not served.
    static Optional<KeyKind> of(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa when rsa.getAlgorithm().equals("RSA") -> Optional.of(RSA);
            case ECPublicKey ec ->
                    Arrays.stream(values())
                            .filter(kind -> kind != RSA && kind.isOn(ec.getParams()))
                            .findFirst();
            default -> Optional.empty();
        };
    }

    /// Whether a client is known to understand signatures by such a key in the version that the
    /// handshake will have. Of RSA that is assumed, unless none of its cipher suites has it.
    boolean isUnderstoodBy(ClientHello client, Set<TlsVersion> served) {
        if (served.contains(TlsVersion.TLS_1_3) && client.versions().contains(VERSION_TLS_1_3)) {
            return this == RSA
                    || client.signatureSchemes().contains(scheme); // RFC 8446 section 4.2.3
        }
        if (this == RSA) {
            return isOfferedBy(client);
        }
        return served.contains(TlsVersion.TLS_1_2)
                && client.versions().contains(VERSION_TLS_1_2)
                && CipherSuite.anyBefore13For("EC", Strength.MODERN, client.cipherSuites())
                && client.signatureSchemes().stream().anyMatch(ECDSA_SCHEMES::contains)
                && client.groups().contains(group);
    }

    /// Whether a client has suites before TLS 1.3 for such a key, those of old devices included.
    boolean isOfferedBy(ClientHello client) {
        return this == RSA
                ? CipherSuite.anyBefore13For("RSA", Strength.LEGACY, client.cipherSuites())
                : CipherSuite.anyBefore13For("EC", Strength.LEGACY, client.cipherSuites())
                        && (client.groups().isEmpty() || client.groups().contains(group));
    }

    private boolean isOn(ECParameterSpec found) {
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec(curve));
            return named.getParameterSpec(ECParameterSpec.class)
                    .getCurve()
                    .equals(found.getCurve());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK knows " + curve, impossible);
        }
    }

    /// As people write it: `EC P-256`, `RSA`.
    @Override
    public String toString() {
        return text;
    }
}
