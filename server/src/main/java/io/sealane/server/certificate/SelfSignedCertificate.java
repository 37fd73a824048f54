package io.sealane.server.certificate;

import io.sealane.core.tls.TlsIdentity;
import io.sealane.server.StartFailure;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate made at the first start and kept: for trying things out, and for clients that pin
/// what they see. Names `localhost`, the loopback addresses and this host.
public final class SelfSignedCertificate {
    public static final String CHAIN_FILE = "certificate.pem";
    public static final String KEY_FILE = "key.pem";

    /// Long, because what pins it must be changed by hand when it ends.
    private static final Duration VALID_FOR = Duration.ofDays(3650);

    private static final int SERIAL_BITS = 127;

    private SelfSignedCertificate() {}

    /// Reads the certificate kept in `folder`, making it if there is none.
    public static TlsIdentity keptIn(Path folder, Instant now) throws StartFailure {
        Path chain = folder.resolve(CHAIN_FILE);
        Path key = folder.resolve(KEY_FILE);
        if (!Files.exists(chain) || !Files.exists(key)) {
            make(folder, chain, key, now);
        }
        return PemFiles.read(chain, key);
    }

    private static void make(Path folder, Path chain, Path key, Instant now) throws StartFailure {
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            X509CertificateHolder certificate = sign(pair, now);
            writePrivately(key, pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
            writePrivately(chain, pem(certificate));
        } catch (IOException | GeneralSecurityException | OperatorCreationException failed) {
            throw new StartFailure(
                    "no self-signed certificate in " + folder + ": " + failed, failed);
        }
    }

    private static X509CertificateHolder sign(KeyPair pair, Instant now)
            throws IOException, OperatorCreationException {
        X500Name name = new X500Name("CN=" + hostName());
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, new SecureRandom()),
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(VALID_FOR)),
                        name,
                        pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames());
        return builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    }

    private static GeneralNames alternativeNames() {
        Set<GeneralName> names = new LinkedHashSet<>();
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        names.add(new GeneralName(GeneralName.dNSName, hostName()));
        names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        names.add(new GeneralName(GeneralName.iPAddress, "::1"));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.matches("[A-Za-z0-9.-]{1,64}") ? name : "localhost";
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }

    private static void writePrivately(Path file, String text) throws IOException {
        try {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException half) {
            // Its other half is missing: both are made anew.
        }
        Files.writeString(file, text, StandardOpenOption.TRUNCATE_EXISTING);
    }
}
