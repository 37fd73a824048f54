package io.sealane.core.tls;

import io.sealane.core.wire.ClientHello;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a server's end of TLS takes, to be held against what a client offers: libraries fail with
/// words of their own where the two have nothing in common, and each with others.
///
/// @param keyAlgorithm of the certificate's key: `RSA`, `EC`
/// @param strength whether signatures with SHA-1 are made
public record TlsAcceptance(
        Set<TlsVersion> versions,
        Set<CipherSuite> suites,
        Set<NamedGroup> groups,
        String keyAlgorithm,
        Strength strength) {
    /// With SHA-2 (RFC 8446 section 4.2.3).
    private static final Set<Integer> ECDSA = Set.of(0x0403, 0x0503, 0x0603);

    private static final Set<Integer> RSA_PSS = Set.of(0x0804, 0x0805, 0x0806);

    private static final Set<Integer> RSA_PKCS1 = Set.of(0x0401, 0x0501, 0x0601);

    /// HashAlgorithm, the first octet of a scheme of RFC 5246; what has a smaller one is weaker.
    private static final int HASH_SHA_1 = 2;

    private static final int RSA_SHA_1 = 0x0201;
    private static final int ECDSA_SHA_1 = 0x0203;

    public TlsAcceptance {
        versions = Set.copyOf(versions);
        suites = Set.copyOf(suites);
        groups = Set.copyOf(groups);
    }

    /// What `settings` ask for, with these groups.
    public static TlsAcceptance of(TlsSettings settings, List<NamedGroup> groups) {
        String keyAlgorithm = settings.identity().key().getAlgorithm();
        return new TlsAcceptance(
                settings.versions(),
                CipherSuite.served(settings.strength()).stream()
                        .filter(suite -> suite.suits(keyAlgorithm))
                        .collect(Collectors.toUnmodifiableSet()),
                Set.copyOf(groups),
                keyAlgorithm,
                settings.strength());
    }

    /// Whether there is anything in `hello` that makes a closer look worth while: nearly all take
    /// signatures with SHA-2 by keys of either kind, and have not fallen back.
    static boolean mayBeWeak(ClientHello hello) {
        List<Integer> offered = hello.signatureSchemes();
        boolean takesEither =
                !Collections.disjoint(offered, ECDSA)
                        && !(Collections.disjoint(offered, RSA_PSS)
                                && Collections.disjoint(offered, RSA_PKCS1));
        return !takesEither || hello.cipherSuites().contains(CipherSuite.TLS_FALLBACK_SCSV.code());
    }

    /// Whether the client says that it has come down to an older version than is served.
    boolean isAbove(ClientHello hello) {
        int newest = versions.stream().mapToInt(TlsVersion::code).max().orElseThrow();
        return hello.cipherSuites().contains(CipherSuite.TLS_FALLBACK_SCSV.code())
                && hello.versions().stream().allMatch(offered -> offered < newest);
    }

    /// What the client and this server do not have in common.
    ///
    /// @return empty if there is nothing that would keep them from a handshake
    Optional<HandshakeReason> misfit(ClientHello hello) {
        Set<TlsVersion> common =
                versions.stream()
                        .filter(version -> hello.versions().contains(version.code()))
                        .collect(Collectors.toUnmodifiableSet());
        if (common.isEmpty()) {
            return Optional.of(HandshakeReason.NO_COMMON_VERSION);
        }
        Set<CipherSuite> shared =
                suites.stream()
                        .filter(suite -> hello.cipherSuites().contains(suite.code()))
                        .filter(suite -> common.stream().anyMatch(v -> v.takes(suite)))
                        .collect(Collectors.toUnmodifiableSet());
        if (shared.isEmpty()) {
            return Optional.of(HandshakeReason.NO_COMMON_CIPHER);
        }
        if (shared.stream().allMatch(CipherSuite::isByGroup)
                && !hello.groups().isEmpty()
                && groups.stream().noneMatch(group -> hello.groups().contains(group.code()))) {
            return Optional.of(HandshakeReason.NO_COMMON_GROUP);
        }
        return canSign(hello, common, shared)
                ? Optional.empty()
                : Optional.of(HandshakeReason.NO_COMMON_SIGNATURE);
    }

    /// Security: in TLS 1.2 a client that does not say what it takes takes SHA-1 (RFC 5246 section
    /// 7.4.1.4.1), with which nothing is to be signed any more (RFC 9155).
    private boolean canSign(ClientHello hello, Set<TlsVersion> common, Set<CipherSuite> shared) {
        if (!shared.stream().allMatch(CipherSuite::isSigned)) {
            return true;
        }
        List<Integer> offered = hello.signatureSchemes();
        if (offered.isEmpty()) {
            return strength == Strength.LEGACY || common.contains(TlsVersion.TLS_1_3);
        }
        return switch (keyAlgorithm) {
            case "EC" -> takes(offered, ECDSA, ECDSA_SHA_1);
            case "RSA" ->
                    offered.stream().anyMatch(RSA_PSS::contains)
                            || (!shared.stream().allMatch(CipherSuite::isOfTls13)
                                    && takes(offered, RSA_PKCS1, RSA_SHA_1));
            default -> true;
        };
    }

    /// Whether a client's signature of this scheme proves anything here.
    ///
    /// @param scheme of TLS 1.2, SignatureScheme of the IANA registry
    boolean takesFromClient(int scheme) {
        return strength == Strength.LEGACY || scheme >>> Byte.SIZE > HASH_SHA_1;
    }

    private boolean takes(List<Integer> offered, Set<Integer> schemes, int withSha1) {
        return offered.stream().anyMatch(schemes::contains)
                || (strength == Strength.LEGACY && offered.contains(withSha1));
    }
}
