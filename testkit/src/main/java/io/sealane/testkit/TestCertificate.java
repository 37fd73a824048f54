package io.sealane.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// A certificate with its key: a self-signed one for `localhost`, `127.0.0.1` and `::1`, one of
/// each kind per JVM, made when first asked for; or a client's, which a [TestAuthority] issued.
/// Safe from any thread.
public final class TestCertificate {
    private static final int PEM_LINE_CHARACTERS = 64;

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private TestCertificate(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    static TestCertificate of(PrivateKey key, List<X509Certificate> chain) {
        return new TestCertificate(key, chain);
    }

    private static final class Rsa2048 {
        private static final TestCertificate INSTANCE = TestAuthority.selfSigned(newKeys());

        private static KeyPair newKeys() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException defect) {
                throw new IllegalStateException(defect);
            }
        }
    }

    private static final class EcP256 {
        private static final TestCertificate INSTANCE =
                TestAuthority.selfSigned(TestAuthority.newKeys());
    }

    /// An RSA key of 2048 bits.
    public static TestCertificate rsa() {
        return Rsa2048.INSTANCE;
    }

    /// An EC key on P-256.
    public static TestCertificate ec() {
        return EcP256.INSTANCE;
    }

    public PrivateKey key() {
        return key;
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// The chain, leaf first and without the root; of a self-signed one the certificate alone.
    public List<X509Certificate> chain() {
        return chain;
    }

    /// What a TLS client shows it with, whomever the server says that it trusts.
    public KeyManager keyManager() {
        return keyManager(issuers -> {});
    }

    /// As [#keyManager()].
    ///
    /// @param told is told the authorities that a server names
    public KeyManager keyManager(Consumer<List<Principal>> told) {
        return new ShownAlways(this, told);
    }

    /// Writes the chain as PEM.
    public void writeChain(Path file) {
        StringBuilder pem = new StringBuilder();
        try {
            for (X509Certificate certificate : chain) {
                pem.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        write(file, pem.toString());
    }

    /// Writes the key as PEM: PKCS#8, not encrypted.
    public void writeKey(Path file) {
        write(file, "PRIVATE KEY", key.getEncoded());
    }

    static void write(Path file, String label, byte[] der) {
        write(file, pem(label, der));
    }

    private static String pem(String label, byte[] der) {
        Base64.Encoder encoder = Base64.getMimeEncoder(PEM_LINE_CHARACTERS, new byte[] {'\n'});
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, encoder.encodeToString(der), label);
    }

    private static void write(Path file, String pem) {
        try {
            Files.writeString(file, pem, StandardCharsets.US_ASCII);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /// Offers its certificate to every server that asks for one.
    private static final class ShownAlways extends X509ExtendedKeyManager {
        private static final String CLIENT = "client";

        private final TestCertificate certificate;

        private final Consumer<List<Principal>> told;

        ShownAlways(TestCertificate certificate, Consumer<List<Principal>> told) {
            this.certificate = certificate;
            this.told = told;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            told.accept(issuers == null ? List.of() : List.of(issuers));
            return CLIENT;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return certificate.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return certificate.key();
        }

        // Sockets and servers: nothing here uses them.

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(
                String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(
                String keyType, Principal @Nullable [] issuers) {
            return null;
        }
    }
}
