package io.sealane.server.certificate;

import io.sealane.core.tls.TlsIdentity;
import io.sealane.server.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// A chain and a key from PEM files: certificates in any order, the key as PKCS#8, PKCS#1 (RSA) or
/// SEC 1 (EC), not encrypted.
public final class PemFiles {
    private static final int SAMPLE_BYTES = 32;

    private PemFiles() {}

    /// Reads an identity and checks that key and chain belong together.
    public static TlsIdentity read(Path chain, Path key) throws StartFailure {
        PrivateKey privateKey = readKey(key);
        List<X509Certificate> certificates = readCertificates(chain);
        X509Certificate leaf =
                certificates.stream()
                        .filter(candidate -> belongTogether(privateKey, candidate.getPublicKey()))
                        .findFirst()
                        .orElseThrow(() ->
                                new StartFailure(
                                        "the key in "
                                                + key
                                                + " belongs to no certificate in "
                                                + chain));
        return new TlsIdentity(privateKey, leafFirst(leaf, certificates));
    }

    static List<X509Certificate> readCertificates(Path file) throws StartFailure {
        try (InputStream input = Files.newInputStream(file)) {
            List<X509Certificate> certificates = new ArrayList<>();
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(input)
                    .forEach(certificate -> certificates.add((X509Certificate) certificate));
            if (certificates.isEmpty()) {
                throw new StartFailure("no certificate in " + file);
            }
            return certificates;
        } catch (IOException | CertificateException failed) {
            throw unreadable(file, failed);
        }
    }

    private static PrivateKey readKey(Path file) throws StartFailure {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
                PEMParser parser = new PEMParser(reader)) {
            Object found = parser.readObject();
            while (found != null) {
                Optional<PrivateKeyInfo> key = keyIn(found);
                if (key.isPresent()) {
                    return new JcaPEMKeyConverter().getPrivateKey(key.get());
                }
                found = parser.readObject();
            }
            throw new StartFailure("no unencrypted private key in " + file);
        } catch (IOException failed) {
            throw unreadable(file, failed);
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

    /// Puts the leaf first and each issuer behind what it issued, whatever the order in the file.
    private static List<X509Certificate> leafFirst(
            X509Certificate leaf, List<X509Certificate> certificates) {
        List<X509Certificate> rest = new ArrayList<>(certificates);
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(leaf);
        while (next.isPresent()) {
            X509Certificate issued = next.get();
            chain.add(issued);
            rest.remove(issued);
            next = rest.stream().filter(candidate -> issued(candidate, issued)).findFirst();
        }
        return chain;
    }

    private static boolean issued(X509Certificate issuer, X509Certificate subject) {
        return issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal());
    }

    static StartFailure unreadable(Path file, Exception cause) {
        String why =
                switch (cause) {
                    case NoSuchFileException missing -> "there is no such file";
                    case AccessDeniedException denied -> "access is denied";
                    default -> String.valueOf(cause.getMessage());
                };
        return new StartFailure(file + " cannot be read: " + why, cause);
    }
}
