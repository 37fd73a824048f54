package io.sealane.tls.boringssl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Record protection of TLS 1.3 in one direction (RFC 8446 section 5.2), from the traffic secret
/// on: the secret's key and IV (section 7.3), the nonce of each record (section 5.3), and the next
/// secret (section 7.2).
///
/// Not safe for concurrent use.
final class RecordCipher {
    static final int HEADER_BYTES = 5;

    /// What a record adds to its content: header, content type, tag.
    static final int OVERHEAD_BYTES = HEADER_BYTES + 1 + 16;

    /// Longest record (RFC 8446 section 5.2), header included.
    static final int RECORD_BYTES_MAX = HEADER_BYTES + (1 << 14) + 256;

    private static final byte APPLICATION_DATA = 23;
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    /// A suite's AEAD algorithm and hash (RFC 8446 appendix B.4).
    enum Suite {
        TLS_AES_128_GCM_SHA256("AES", 16, "HKDF-SHA256", 32),
        TLS_AES_256_GCM_SHA384("AES", 32, "HKDF-SHA384", 48),
        TLS_CHACHA20_POLY1305_SHA256("ChaCha20", 32, "HKDF-SHA256", 32);

        private final String keyAlgorithm;
        private final int keyBytes;
        private final String derivation;
        private final int hashBytes;

        Suite(String keyAlgorithm, int keyBytes, String derivation, int hashBytes) {
            this.keyAlgorithm = keyAlgorithm;
            this.keyBytes = keyBytes;
            this.derivation = derivation;
            this.hashBytes = hashBytes;
        }

        private Cipher cipher() throws GeneralSecurityException {
            return Cipher.getInstance(
                    switch (this) {
                        case TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384 -> "AES/GCM/NoPadding";
                        case TLS_CHACHA20_POLY1305_SHA256 -> "ChaCha20-Poly1305";
                    });
        }

        private AlgorithmParameterSpec parameters(byte[] nonce) {
            return switch (this) {
                case TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384 ->
                        new GCMParameterSpec(TAG_BITS, nonce);
                case TLS_CHACHA20_POLY1305_SHA256 -> new IvParameterSpec(nonce);
            };
        }
    }

    /// Ciphers that rest, since a new one costs more than a record. No connection keeps one, as a
    /// silent one should hold next to nothing; and none waits for anything with one, so there are
    /// few. Those that open and those that seal are apart: the JDK's may refuse the key and nonce
    /// that they were given last, and a record is opened and sealed with the same.
    private static final Map<Suite, Queue<Cipher>> OPENING = new ConcurrentHashMap<>();

    private static final Map<Suite, Queue<Cipher>> SEALING = new ConcurrentHashMap<>();

    private final Suite suite;
    private byte[] secret;
    private SecretKey key;
    private byte[] iv;
    private long sequence;

    RecordCipher(Suite suite, byte[] secret) throws GeneralSecurityException {
        this.suite = suite;
        this.secret = secret.clone();
        key = key();
        iv = expand("iv", IV_BYTES);
    }

    /// The plaintext of the next record: content, type, padding.
    ///
    /// @throws GeneralSecurityException if it is not the next record under this secret
    byte[] open(byte[] record) throws GeneralSecurityException {
        Queue<Cipher> resting = resting(OPENING);
        Cipher cipher = take(resting);
        begin(cipher, Cipher.DECRYPT_MODE, record);
        byte[] plaintext = cipher.doFinal(record, HEADER_BYTES, record.length - HEADER_BYTES);
        resting.offer(cipher);
        return plaintext;
    }

    /// The next record, of a plaintext as [#open] gives it.
    byte[] seal(byte[] plaintext) throws GeneralSecurityException {
        int length = plaintext.length + TAG_BITS / Byte.SIZE;
        byte[] record =
                ByteBuffer.allocate(HEADER_BYTES + length)
                        .put(APPLICATION_DATA)
                        .putShort((short) 0x0303)
                        .putShort((short) length)
                        .array();
        Queue<Cipher> resting = resting(SEALING);
        Cipher cipher = take(resting);
        begin(cipher, Cipher.ENCRYPT_MODE, record);
        cipher.doFinal(plaintext, 0, plaintext.length, record, HEADER_BYTES);
        resting.offer(cipher);
        return record;
    }

    /// Goes over to the next secret, as behind a KeyUpdate.
    void update() throws GeneralSecurityException {
        secret = expand("traffic upd", suite.hashBytes);
        key = key();
        iv = expand("iv", IV_BYTES);
        sequence = 0;
    }

    private SecretKey key() throws GeneralSecurityException {
        return new SecretKeySpec(expand("key", suite.keyBytes), suite.keyAlgorithm);
    }

    private Queue<Cipher> resting(Map<Suite, Queue<Cipher>> all) {
        return all.computeIfAbsent(suite, _ -> new ConcurrentLinkedQueue<>());
    }

    /// One whose record fails does not come back.
    private Cipher take(Queue<Cipher> resting) throws GeneralSecurityException {
        Cipher rested = resting.poll();
        return rested == null ? suite.cipher() : rested;
    }

    private void begin(Cipher cipher, int mode, byte[] record) throws GeneralSecurityException {
        cipher.init(mode, key, suite.parameters(nextNonce()));
        cipher.updateAAD(record, 0, HEADER_BYTES);
    }

    private byte[] nextNonce() {
        byte[] nonce = iv.clone();
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[IV_BYTES - 1 - i] ^= (byte) (sequence >>> (Byte.SIZE * i));
        }
        sequence++;
        return nonce;
    }

    /// HKDF-Expand-Label of nothing (RFC 8446 section 7.1).
    private byte[] expand(String label, int length) throws GeneralSecurityException {
        byte[] full = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info =
                ByteBuffer.allocate(Short.BYTES + 1 + full.length + 1)
                        .putShort((short) length)
                        .put((byte) full.length)
                        .put(full)
                        .put((byte) 0)
                        .array();
        return KDF.getInstance(suite.derivation)
                .deriveData(
                        HKDFParameterSpec.expandOnly(
                                new SecretKeySpec(secret, "Generic"), info, length));
    }
}
