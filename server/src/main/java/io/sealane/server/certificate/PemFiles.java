package io.sealane.server.certificate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sealane.core.tls.TlsIdentity;
import io.sealane.server.certificate.PemIdentity.Shortcoming;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/// A chain and a key from PEM files, or from one: certificates in any order, the key as PKCS#8,
/// PKCS#1 (RSA) or SEC 1 (EC), not encrypted. Safe from any thread.
public final class PemFiles {
    /// Longest file that is read. Chains have some kilobytes; a system's whole bundle of roots has
    /// 250 KiB.
    static final int FILE_BYTES_MAX = 1 << 20;

    private static final String PEM_BEGIN = "-----BEGIN ";

    /// What some editors put in front of a text in UTF-8. It would hide the first line of PEM.
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final int SAMPLE_BYTES = 32;
    private static final int RSA_BITS_MIN = 2048;
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private static final String KIND_NOT_SERVED =
            " is of a kind that is not served; allowed: RSA, EC on P-256, P-384 or P-521";

    private PemFiles() {}

    /// Reads an identity: the key, the certificate that belongs to it, and its issuers; of several
    /// for the same key those that are valid.
    ///
    /// @param now the moment at which they are to be
    /// @throws CertificateFault if a file cannot be read, or they do not belong together
    static PemIdentity read(Path chain, Path key, Instant now) throws CertificateFault {
        PrivateKey privateKey = readKey(key);
        List<X509Certificate> certificates = readCertificates(chain);
        X509Certificate leaf =
                certificates.stream()
                        .filter(candidate -> belongTogether(privateKey, candidate.getPublicKey()))
                        .max(ChainOrder.byUse(now))
                        .orElseThrow(() ->
                                new CertificateFault(
                                        "the key in "
                                                + key
                                                + (isOfServedKind(certificates)
                                                        ? " belongs to no certificate in " + chain
                                                        : KIND_NOT_SERVED)));
        KeyKind kind =
                KeyKind.of(leaf.getPublicKey())
                        .orElseThrow(
                                () -> new CertificateFault("the key in " + key + KIND_NOT_SERVED));
        ChainOrder order = ChainOrder.of(leaf, certificates, now);
        List<String> remarks = new ArrayList<>(unrelated(chain, order));
        openKey(key).ifPresent(remarks::add);
        return new PemIdentity(
                new TlsIdentity(privateKey, order.chain()),
                kind,
                shortcomings(chain, order),
                remarks);
    }

    /// Whether one of them may have a key that can be looked at: of others it cannot be told what
    /// belongs to them.
    private static boolean isOfServedKind(List<X509Certificate> certificates) {
        return certificates.stream().anyMatch(one -> KeyKind.of(one.getPublicKey()).isPresent());
    }

    /// The server gives its own keys no other permissions than their owner's.
    private static Optional<String> openKey(Path key) {
        try {
            Path file = key.toRealPath();
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                            && Files.getPosixFilePermissions(file.getParent())
                                    .contains(PosixFilePermission.OTHERS_EXECUTE)
                    ? Optional.of(
                            key + ": the private key is readable for every user of this machine")
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException notToBeTold) {
            return Optional.empty();
        }
    }

    private static List<String> unrelated(Path file, ChainOrder order) {
        return order.unrelated().stream()
                .map(other ->
                        file
                                + ": "
                                + other.getSubjectX500Principal()
                                + (order.isAnotherOfPart(other)
                                        ? " is there again, until "
                                                + other.getNotAfter().toInstant()
                                                + ", and that one is not sent"
                                        : " is no issuer of the certificate and not sent"))
                .toList();
    }

    private static Map<Shortcoming, String> shortcomings(Path file, ChainOrder order)
            throws CertificateFault {
        Map<Shortcoming, String> found = new EnumMap<>(Shortcoming.class);
        X509Certificate leaf = order.chain().getFirst();
        if (order.isIncomplete()) {
            found.put(
                    Shortcoming.INCOMPLETE_CHAIN,
                    file
                            + ": the chain is incomplete: "
                            + order.chain().getLast().getIssuerX500Principal()
                            + " is missing, and clients that do not know it refuse the"
                            + " certificate");
        }
        order.chain().stream()
                .skip(1)
                .filter(issuer -> issuer.getBasicConstraints() < 0)
                .filter(issuer -> !ChainOrder.isSelfIssued(issuer)) // Roots may be as old as that.
                .findFirst()
                .ifPresent(issuer ->
                        found.put(
                                Shortcoming.NO_AUTHORITY,
                                file
                                        + ": "
                                        + issuer.getSubjectX500Principal()
                                        + " is no authority by its basic constraints, and clients"
                                        + " refuse what it issued"));
        if (ChainOrder.isSelfIssued(leaf)) {
            found.put(
                    Shortcoming.SELF_SIGNED,
                    file + ": the certificate is self-signed, and clients refuse it");
        }
        if (leaf.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
            found.put(
                    Shortcoming.WEAK_KEY,
                    file
                            + ": an RSA key of "
                            + rsa.getModulus().bitLength()
                            + " bits; clients refuse those below "
                            + RSA_BITS_MIN);
        }
        if (!isForServers(file, leaf)) {
            found.put(
                    Shortcoming.NOT_FOR_SERVERS,
                    file
                            + ": the certificate is not for TLS servers (its key usage says so),"
                            + " and clients may refuse it");
        }
        return found;
    }

    /// RFC 8446 section 4.4.2.2, RFC 5280 sections 4.2.1.3 and 4.2.1.12.
    private static boolean isForServers(Path file, X509Certificate leaf) throws CertificateFault {
        boolean[] usage = leaf.getKeyUsage();
        boolean signs = usage == null || usage[0];
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            return signs
                    && (purposes == null
                            || purposes.contains(SERVER_AUTHENTICATION)
                            || purposes.contains(ANY_PURPOSE));
        } catch (CertificateException failed) {
            throw unreadable(file, failed);
        }
    }

    static List<X509Certificate> readCertificates(Path file) throws CertificateFault {
        try {
            List<X509Certificate> certificates = certificatesIn(bytes(file));
            if (certificates.isEmpty()) {
                throw new CertificateFault("no certificate in " + file);
            }
            return certificates;
        } catch (IOException
                | CertificateException
                | IllegalStateException
                | IllegalArgumentException failed) {
            throw unreadable(file, failed);
        }
    }

    /// A key may stand between them: some programs want both in one file.
    private static List<X509Certificate> certificatesIn(byte[] bytes)
            throws IOException, CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        String text = new String(bytes, ISO_8859_1);
        if (!text.contains(PEM_BEGIN)) { // DER, or PKCS#7
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .forEach(certificate -> certificates.add((X509Certificate) certificate));
            return certificates;
        }
        JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
        try (PEMParser parser = new KnownObjects(new StringReader(text))) {
            Object found = parser.readObject();
            while (found != null) {
                if (found instanceof X509CertificateHolder certificate) {
                    certificates.add(converter.getCertificate(certificate));
                }
                found = parser.readObject();
            }
        }
        return certificates;
    }

    /// Reads both halves of a key pair, each a PEM object.
    static KeyPair readPair(Path file) throws IOException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try (PEMParser parser = new PEMParser(Files.newBufferedReader(file, ISO_8859_1))) {
            if (parser.readObject() instanceof PrivateKeyInfo secret
                    && parser.readObject() instanceof SubjectPublicKeyInfo half) {
                return new KeyPair(converter.getPublicKey(half), converter.getPrivateKey(secret));
            }
            throw new IOException(file + " has no key pair");
        }
    }

    private static PrivateKey readKey(Path file) throws CertificateFault {
        try (Reader reader = new StringReader(new String(bytes(file), ISO_8859_1));
                PEMParser parser = new KnownObjects(reader)) {
            Object found = parser.readObject();
            while (found != null) {
                Optional<PrivateKeyInfo> key = keyIn(found);
                if (key.isPresent()) {
                    return new JcaPEMKeyConverter().getPrivateKey(key.get());
                }
                found = parser.readObject();
            }
            throw new CertificateFault("no unencrypted private key in " + file);
        } catch (IOException | IllegalStateException | IllegalArgumentException failed) {
            // Bouncy Castle's decoders have no checked exception for what is no Base64 or DER.
            throw unreadable(file, failed);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("it is no file"); // A pipe is opened for ever.
        }
        try (InputStream input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length > FILE_BYTES_MAX) {
                throw new IOException("it is longer than " + FILE_BYTES_MAX + " bytes");
            }
            return hasByteOrderMark(bytes)
                    ? Arrays.copyOfRange(bytes, BYTE_ORDER_MARK.length, bytes.length)
                    : bytes;
        }
    }

    private static boolean hasByteOrderMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(
                        bytes,
                        0,
                        BYTE_ORDER_MARK.length,
                        BYTE_ORDER_MARK,
                        0,
                        BYTE_ORDER_MARK.length);
    }

    /// Passes over what Bouncy Castle has no object for and would end the reading: bundles of other
    /// servers hold DH parameters.
    private static final class KnownObjects extends PEMParser {
        KnownObjects(Reader reader) {
            super(reader);
        }

        @Override
        public @Nullable PemObject readPemObject() throws IOException {
            PemObject found = super.readPemObject();
            while (found != null && !parsers.containsKey(found.getType())) {
                found = super.readPemObject();
            }
            return found;
        }
    }

    /// EC parameters and certificates may stand in front of the key.
    private static Optional<PrivateKeyInfo> keyIn(Object pemObject) {
        return switch (pemObject) {
            case PrivateKeyInfo pkcs8 -> Optional.of(pkcs8);
            case PEMKeyPair pair -> Optional.of(pair.getPrivateKeyInfo());
            default -> Optional.empty();
        };
    }

    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC", "ECDSA" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        byte[] sample = new byte[SAMPLE_BYTES];
        new SecureRandom().nextBytes(sample);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(sample);
            return signature.verify(signed);
        } catch (NoSuchAlgorithmException | InvalidKeyException | SignatureException another) {
            return false;
        }
    }

    static CertificateFault unreadable(Path file, Exception cause) {
        String why =
                switch (cause) {
                    case NoSuchFileException missing -> "there is no such file";
                    case AccessDeniedException denied -> "access is denied";
                    default -> String.valueOf(cause.getMessage());
                };
        return new CertificateFault(file + " cannot be read: " + why, cause);
    }
}
