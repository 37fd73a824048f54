package io.sealane.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A self-signed certificate for `localhost`, `127.0.0.1` and `::1` with its key, made by the JDK's
/// own keytool. One of each kind per JVM, made when first asked for. Safe from any thread.
public final class TestCertificate {
    private static final String ALIAS = "server";
    private static final String PASSWORD = "changeit";
    private static final int PEM_LINE_CHARACTERS = 64;
    private static final long KEYTOOL_SECONDS_MAX = 60;

    private final PrivateKey key;
    private final X509Certificate certificate;

    private TestCertificate(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    private static final class Rsa2048 {
        private static final TestCertificate INSTANCE = make("RSA", List.of("-keysize", "2048"));
    }

    private static final class EcP256 {
        private static final TestCertificate INSTANCE =
                make("EC", List.of("-groupname", "secp256r1"));
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
        return certificate;
    }

    /// The chain: the certificate alone, which signs itself.
    public List<X509Certificate> chain() {
        return List.of(certificate);
    }

    /// Writes the chain as PEM.
    public void writeChain(Path file) {
        try {
            write(file, "CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Writes the key as PEM: PKCS#8, not encrypted.
    public void writeKey(Path file) {
        write(file, "PRIVATE KEY", key.getEncoded());
    }

    private static void write(Path file, String label, byte[] der) {
        Base64.Encoder encoder = Base64.getMimeEncoder(PEM_LINE_CHARACTERS, new byte[] {'\n'});
        String pem =
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(label, encoder.encodeToString(der), label);
        try {
            Files.writeString(file, pem, StandardCharsets.US_ASCII);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static TestCertificate make(String algorithm, List<String> options) {
        try {
            Path folder = Files.createTempDirectory("sealane-certificate");
            Path store = folder.resolve("server.p12");
            try {
                runKeytool(algorithm, options, store);
                return load(store);
            } finally {
                Files.deleteIfExists(store);
                Files.delete(folder);
            }
        } catch (IOException | GeneralSecurityException cause) {
            throw new IllegalStateException("no test certificate could be made", cause);
        }
    }

    private static void runKeytool(String algorithm, List<String> options, Path store)
            throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(keytool.toString(), "-genkeypair"));
        command.addAll(List.of("-alias", ALIAS, "-keyalg", algorithm));
        command.addAll(options);
        command.addAll(List.of("-dname", "CN=localhost", "-validity", "3650"));
        command.addAll(List.of("-ext", "san=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1"));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", store.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(KEYTOOL_SECONDS_MAX, TimeUnit.SECONDS)
                    || process.exitValue() != 0) {
                throw new IOException("keytool failed: " + said);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", interrupted);
        }
    }

    private static TestCertificate load(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new TestCertificate(
                (PrivateKey) keys.getKey(ALIAS, PASSWORD.toCharArray()),
                (X509Certificate) keys.getCertificate(ALIAS));
    }
}
