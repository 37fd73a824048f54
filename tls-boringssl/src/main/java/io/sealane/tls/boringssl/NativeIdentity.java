package io.sealane.tls.boringssl;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.sealane.core.tls.TlsIdentity;
import java.io.ByteArrayOutputStream;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLException;

/// A certificate chain and its key as BoringSSL has them, read once for all engines that show them.
/// Freed when nobody holds it any more; engines hold what they were given by themselves. Safe from
/// any thread.
///
/// Measured: netty's key manager has a key written and read anew for each handshake, and BoringSSL
/// then checks it, and prepares for its first signature, which with RSA of 2,048 bits takes as long
/// as the signature.
final class NativeIdentity {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final List<X509Certificate> issuers;
    private final long chain;
    private final long key;

    /// @throws SSLException if BoringSSL does not take the chain or the key
    NativeIdentity(TlsIdentity identity) throws SSLException {
        issuers = issuersOf(identity);
        byte[] encoded = identity.key().getEncoded();
        if (encoded == null) {
            throw new SSLException("the key of the certificate cannot be taken out of its store");
        }
        byte[] pem = pem("PRIVATE KEY", encoded);
        try {
            chain = BoringSslNative.readChain(pem(identity.chain()));
            key = readKey(pem, chain);
        } finally {
            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(pem, (byte) 0);
        }
        long ownChain = chain; // The action must not hold this object.
        long ownKey = key;
        CLEANER.register(
                this,
                () -> {
                    BoringSslNative.freeChain(ownChain);
                    BoringSslNative.freeKey(ownKey);
                });
    }

    private static long readKey(byte[] pem, long chain) throws SSLException {
        try {
            return BoringSslNative.readKey(pem);
        } catch (SSLException refused) {
            BoringSslNative.freeChain(chain);
            throw refused;
        }
    }

    /// What stands behind the leaf.
    static List<X509Certificate> issuersOf(TlsIdentity identity) {
        return List.copyOf(identity.chain().subList(1, identity.chain().size()));
    }

    /// Whether these stand behind the leaf.
    boolean hasIssuers(List<X509Certificate> others) {
        return issuers.equals(others);
    }

    /// Has `engine` show it.
    ///
    /// @throws SSLException if the key does not belong to the certificate
    void giveTo(ReferenceCountedOpenSslEngine engine) throws SSLException {
        try {
            BoringSslNative.setIdentity(engine, chain, key);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private static byte[] pem(List<X509Certificate> chain) throws SSLException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (X509Certificate certificate : chain) {
            try {
                all.writeBytes(pem("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException broken) {
                throw new SSLException("a certificate that cannot be encoded", broken);
            }
        }
        return all.toByteArray();
    }

    private static byte[] pem(String label, byte[] der) {
        byte[] lines = LINES.encode(der);
        ByteArrayOutputStream pem = new ByteArrayOutputStream(lines.length + 64);
        pem.writeBytes(ascii("-----BEGIN " + label + "-----\n"));
        pem.writeBytes(lines);
        pem.writeBytes(ascii("\n-----END " + label + "-----\n"));
        Arrays.fill(lines, (byte) 0);
        return pem.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
