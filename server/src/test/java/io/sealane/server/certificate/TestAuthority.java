package io.sealane.server.certificate;

import io.sealane.core.tls.TlsIdentity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A root and an authority below it, which issue certificates for tests.
final class TestAuthority {
    private static final AtomicLong SERIAL = new AtomicLong(0x1000);

    /// Makes the certificate special before it is signed.
    @FunctionalInterface
    interface Touch {
        void on(JcaX509v3CertificateBuilder builder) throws CertIOException;
    }

    private final KeyPair rootKey = newKey(KeyKind.EC_P256);
    private final KeyPair key = newKey(KeyKind.EC_P256);
    private final X509Certificate root;
    private final X509Certificate certificate;

    TestAuthority(String name) {
        Touch authority =
                builder ->
                        builder.addExtension(
                                Extension.basicConstraints, true, new BasicConstraints(true));
        X500Name rootName = new X500Name("CN=" + name + " Root");
        root =
                sign(
                        rootName,
                        rootKey.getPrivate(),
                        rootName,
                        rootKey,
                        anHourAgo(),
                        YEAR,
                        authority);
        X500Name own = new X500Name("CN=" + name + " Authority");
        certificate = sign(rootName, rootKey.getPrivate(), own, key, anHourAgo(), YEAR, authority);
    }

    /// How long a certificate is valid, counted from an hour ago.
    static final Duration YEAR = Duration.ofDays(365);

    X509Certificate root() {
        return root;
    }

    X509Certificate certificate() {
        return certificate;
    }

    /// Another certificate of the authority, for the same key.
    X509Certificate certificateFrom(Instant begin, Duration life) {
        return sign(
                name(root),
                rootKey.getPrivate(),
                name(certificate),
                key,
                begin,
                life,
                builder ->
                        builder.addExtension(
                                Extension.basicConstraints, true, new BasicConstraints(true)));
    }

    PrivateKey key() {
        return key.getPrivate();
    }

    TlsIdentity issue(KeyKind kind, String... names) {
        return issue(kind, YEAR, builder -> {}, names);
    }

    /// A leaf for some names, with the authority behind it in the chain.
    TlsIdentity issue(KeyKind kind, Duration life, Touch touch, String... names) {
        return issue(newKey(kind), anHourAgo(), life, touch, names);
    }

    static TlsIdentity selfSigned(String name) {
        KeyPair pair = newKey(KeyKind.EC_P256);
        X500Name own = new X500Name("CN=" + name);
        return new TlsIdentity(
                pair.getPrivate(),
                List.of(sign(own, pair.getPrivate(), own, pair, anHourAgo(), YEAR, _ -> {})));
    }

    private static Instant anHourAgo() {
        return Instant.now().minus(Duration.ofHours(1));
    }

    /// The same for a key that is there, from some moment on.
    TlsIdentity issue(KeyPair pair, Instant begin, Duration life, Touch touch, String... names) {
        Touch named =
                builder -> {
                    builder.addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(
                                    Arrays.stream(names)
                                            .map(name -> new GeneralName(GeneralName.dNSName, name))
                                            .toArray(GeneralName[]::new)));
                    touch.on(builder);
                };
        X509Certificate leaf =
                sign(
                        name(certificate),
                        key.getPrivate(),
                        new X500Name("CN=" + names[0]),
                        pair,
                        begin,
                        life,
                        named);
        return new TlsIdentity(pair.getPrivate(), List.of(leaf, certificate));
    }

    /// Writes PEM objects, one behind the other: certificates and keys. Their owner alone may read
    /// them.
    static Path write(Path file, Object... objects) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(
                        object instanceof PrivateKey secret
                                ? new JcaPKCS8Generator(secret, null)
                                : object);
            }
            writer.flush();
            return Files.setPosixFilePermissions(
                    Files.writeString(file, text.toString()),
                    PosixFilePermissions.fromString("rw-------"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Writes `NAME.pem` and `NAME.key`.
    static void write(Path folder, String name, TlsIdentity identity) {
        List<Object> chain = new ArrayList<>(identity.chain());
        write(folder.resolve(name + ".pem"), chain.toArray());
        write(folder.resolve(name + ".key"), identity.key());
    }

    private static X500Name name(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static X509Certificate sign(
            X500Name issuer,
            PrivateKey issuerKey,
            X500Name subject,
            KeyPair pair,
            Instant begin,
            Duration life,
            Touch touch) {
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        issuer,
                        BigInteger.valueOf(SERIAL.incrementAndGet()),
                        Date.from(begin),
                        Date.from(begin.plus(life)),
                        subject,
                        pair.getPublic());
        try {
            touch.on(builder);
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(issuerKey)));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static KeyPair newKey(KeyKind kind) {
        try {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(kind == KeyKind.RSA ? "RSA" : "EC");
            generator.initialize(
                    switch (kind) {
                        case RSA -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
                        case EC_P256 -> new ECGenParameterSpec("secp256r1");
                        case EC_P384 -> new ECGenParameterSpec("secp384r1");
                        case EC_P521 -> new ECGenParameterSpec("secp521r1");
                    });
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
