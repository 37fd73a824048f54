package io.sealane.core.tls;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/// What the JDK refuses of TLS in the whole process, whatever an engine's own lists say
/// (`jdk.tls.disabledAlgorithms`).
final class JsseRestrictions {
    private static final String DISABLED = "jdk.tls.disabledAlgorithms";

    /// What old devices need of it, each by its name there. SSL 3, RC4, DES, and suites without
    /// authentication or encryption stay refused.
    private static final Set<String> LIFTED =
            Set.of(
                    "TLSv1",
                    "TLSv1.1",
                    "TLS_RSA_*",
                    "3DES_EDE_CBC",
                    "rsa_pkcs1_sha1 usage HandshakeSignature",
                    "ecdsa_sha1 usage HandshakeSignature");

    private static final List<String> MODERN_SIGNATURES =
            List.of(
                    "ecdsa_secp256r1_sha256",
                    "ecdsa_secp384r1_sha384",
                    "ecdsa_secp521r1_sha512",
                    "ed25519",
                    "ed448",
                    "rsa_pss_rsae_sha256",
                    "rsa_pss_rsae_sha384",
                    "rsa_pss_rsae_sha512",
                    "rsa_pss_pss_sha256",
                    "rsa_pss_pss_sha384",
                    "rsa_pss_pss_sha512",
                    "rsa_pkcs1_sha256",
                    "rsa_pkcs1_sha384",
                    "rsa_pkcs1_sha512");

    private static final List<String> SHA_1_SIGNATURES = List.of("rsa_pkcs1_sha1", "ecdsa_sha1");

    private static final String OLDEST_SUITE = "SSL_RSA_WITH_3DES_EDE_CBC_SHA";

    /// Who has engines of JSSE in this process.
    enum Users {
        OLD_DEVICES,
        OTHERS_TOO
    }

    private JsseRestrictions() {}

    /// Lets old devices in, from now on. JSSE asks once, when it is used first: that must come
    /// after this.
    ///
    /// Security: who makes an engine and says nothing of versions, suites and signatures still gets
    /// those of today; old ones are for those that ask for them.
    ///
    /// Interop: JSSE resumes no session without the extended master secret (RFC 7627), which
    /// devices from before 2015 do not have, where it offers that itself. So it does not where old
    /// devices are alone.
    ///
    /// @throws TlsException if it is too late, or this JDK refuses them some other way
    static void liftForOldDevices(Users users) throws TlsException {
        if (users == Users.OLD_DEVICES) {
            System.setProperty("jdk.tls.useExtendedMasterSecret", "false");
        }
        Security.setProperty(
                DISABLED,
                Arrays.stream(String.valueOf(Security.getProperty(DISABLED)).split(","))
                        .map(String::strip)
                        .filter(name -> !LIFTED.contains(name))
                        .collect(Collectors.joining(", ")));
        String versions =
                TlsVersion.modern().stream()
                        .map(TlsVersion::protocol)
                        .collect(Collectors.joining(","));
        String suites =
                CipherSuite.served(Strength.MODERN).stream()
                        .map(CipherSuite::name)
                        .collect(Collectors.joining(","));
        String signatures = String.join(",", signatures(Strength.MODERN));
        for (String side : new String[] {"client", "server"}) {
            System.setProperty("jdk.tls." + side + ".protocols", versions);
            System.setProperty("jdk.tls." + side + ".cipherSuites", suites);
            System.setProperty("jdk.tls." + side + ".SignatureSchemes", signatures);
        }
        requireLifted();
    }

    /// What may be signed in a handshake, by the names of the IANA registry (TLS SignatureScheme):
    /// with SHA-1 only for devices that know no other.
    static String[] signatures(Strength strength) {
        return switch (strength) {
            case MODERN -> MODERN_SIGNATURES.toArray(String[]::new);
            case LEGACY ->
                    Stream.concat(MODERN_SIGNATURES.stream(), SHA_1_SIGNATURES.stream())
                            .toArray(String[]::new);
        };
    }

    /// A client's engine finds out without a peer.
    private static void requireLifted() throws TlsException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyServer()}, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {TlsVersion.TLS_1_0.protocol()});
            engine.setEnabledCipherSuites(new String[] {OLDEST_SUITE});
            engine.beginHandshake();
        } catch (SSLException | NoSuchAlgorithmException | KeyManagementException refused) {
            throw new TlsException("the JDK refuses TLS 1.0 and 3DES in this process", refused);
        }
    }
}
